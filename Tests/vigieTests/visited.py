#!/usr/bin/env python3
"""Servers on loopback that a visitor may meet, good and bad; each prints `NAME PORT`, then all wait until input ends.

    visited.py FOLDER      certificates go to FOLDER, the authority's to FOLDER/ca.pem
"""

import datetime
import os
import socket
import ssl
import subprocess
import sys
import threading

DOMAIN = "boutique.example"
# Days from now at which each certificate begins and ends to be valid, and the names in it.
CERTIFICATES = {
    "valid": (-22, 68, [DOMAIN, "www." + DOMAIN, "*.shop.example"]),
    "expired": (-100, -10, [DOMAIN]),
    "future": (10, 100, [DOMAIN]),
    "wrong": (-22, 68, ["other.example", "*.other.example"]),
}
AUTHORITY = """[ca]
default_ca = d
[d]
database = index.txt
serial = serial
new_certs_dir = .
default_md = sha256
policy = p
unique_subject = no
[p]
commonName = supplied
"""
KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]


def openssl(*words):
    subprocess.run(["openssl", *words], check=True, capture_output=True)


def make_certificates():
    for name, text in (("ca.cnf", AUTHORITY), ("index.txt", ""), ("serial", "1000\n")):
        with open(name, "w") as file:
            file.write(text)
    openssl("req", "-x509", *KEY, "-keyout", "ca.key", "-out", "ca.pem", "-days", "99",
            "-subj", "/C=FR/O=Vigie, Test/CN=Vigie Test Authority")
    openssl("req", "-x509", *KEY, "-keyout", "self.key", "-out", "self.pem", "-days", "90",
            "-subj", "/CN=" + DOMAIN, "-addext", "subjectAltName=DNS:" + DOMAIN)
    openssl("req", "-x509", *KEY, "-keyout", "other.key", "-out", "other.pem", "-days", "99",
            "-subj", "/O=Nobody/CN=Nobody's Authority")
    today = datetime.datetime.now(datetime.timezone.utc).replace(hour=0, minute=0, second=0)
    for name, (start, end, names) in {**CERTIFICATES, "unknown": CERTIFICATES["valid"]}.items():
        with open(name + ".ext", "w") as file:
            file.write("subjectAltName=" + ",".join("DNS:" + each for each in names) + "\n")
        openssl("req", *KEY, "-keyout", name + ".key", "-out", name + ".csr", "-subj", "/CN=" + names[0])
        authority = "other" if name == "unknown" else "ca"
        dates = [(today + datetime.timedelta(days=days)).strftime("%Y%m%d%H%M%SZ") for days in (start, end)]
        openssl("ca", "-batch", "-config", "ca.cnf", "-cert", authority + ".pem", "-keyfile", authority + ".key",
                "-in", name + ".csr", "-out", name + ".pem", "-startdate", dates[0], "-enddate", dates[1],
                "-extfile", name + ".ext", "-notext")


def page(status="200 OK", *headers, body=b"hello\n"):
    lines = ["HTTP/1.1 " + status, "Content-Length: %d" % len(body), "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def answer(bytes):
    def serve(connection):
        connection.recv(65536)
        connection.sendall(bytes)
    return serve


def silent(connection):
    while connection.recv(65536):
        pass


def endless(connection):
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        connection.sendall(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")


def listen(name, serve, certificate=None):
    server = socket.create_server(("127.0.0.1", 0))
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate + ".pem", certificate + ".key")

    def talk(connection):
        try:
            with context.wrap_socket(connection, server_side=True) if context else connection as talking:
                serve(talking)
        except OSError:
            pass

    def accept():
        while True:
            connection, _ = server.accept()
            threading.Thread(target=talk, args=[connection], daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    print(name, server.getsockname()[1], flush=True)


def main():
    os.chdir(sys.argv[1])
    make_certificates()
    for name in ("valid", "expired", "future", "wrong", "unknown", "self"):
        listen(name, answer(page()), name)
    listen("broken", answer(page("503 Service Unavailable")), "valid")
    listen("hostile", answer(page("200 OK", "Set-Cookie: a=b", "X: \x1b[31m" + "y" * 20000)), "valid")
    listen("large", answer(page(body=b"x" * 3_000_000)), "valid")
    listen("endless", endless, "valid")
    listen("empty", lambda connection: connection.recv(65536), "valid")
    listen("hung", silent, "valid")
    listen("no-tls", answer(page("400 Bad Request")))
    listen("redirect", answer(page("301 Moved Permanently", "Location: https://%s/" % DOMAIN)))
    listen("elsewhere", answer(page("302 Found", "Location: http://www.%s/" % DOMAIN)))
    listen("plain", answer(page()))
    with socket.create_server(("127.0.0.1", 0)) as closed:
        print("closed", closed.getsockname()[1], flush=True)
    print("ready 0", flush=True)
    sys.stdin.read()


main()
