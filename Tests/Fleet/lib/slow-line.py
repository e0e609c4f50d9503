"""A bad line between two network interfaces: each packet is late, some are lost.

    slow-line.py LINK LINK SECONDS LOSS

What `tc … netem` does, for kernels that are built without netem. Packets are copied with the
header that says how far they are checksummed and segmented, so that offloading stays as it is.
"""

import heapq
import random
import select
import socket
import sys
import time

SOL_PACKET, PACKET_VNET_HDR = 263, 15
MOST_WAITING = 4096  # packets; a line has a queue, not an ocean


def opened(link):
    line = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
    line.setsockopt(SOL_PACKET, PACKET_VNET_HDR, 1)
    line.bind((link, 0))
    line.setblocking(False)
    return line


def main():
    first, second = opened(sys.argv[1]), opened(sys.argv[2])
    delay, loss = float(sys.argv[3]), float(sys.argv[4])
    other = {first: second, second: first}
    waiting, number = [], 0
    while True:
        timeout = max(0.0, waiting[0][0] - time.monotonic()) if waiting else None
        for line in select.select([first, second], [], [], timeout)[0]:
            packet, origin = line.recvfrom(70000)
            outgoing = origin[2] == socket.PACKET_OUTGOING  # what we sent ourselves comes back
            if not outgoing and random.random() >= loss and len(waiting) < MOST_WAITING:
                number += 1
                heapq.heappush(waiting, (time.monotonic() + delay, number, other[line], packet))
        while waiting and waiting[0][0] <= time.monotonic():
            _, _, line, packet = heapq.heappop(waiting)
            try:
                line.send(packet)
            except OSError:
                pass  # the other end is down, or full: one packet more is lost


main()
