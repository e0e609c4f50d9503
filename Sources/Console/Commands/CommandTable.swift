/// The one table of commands. A switch, so that the compiler refuses a name without a row.
extension CommandID {
  package var command: Command {
    switch self {
    case .moveDown: Command(self, "down", "Move to the next row.", in: .move, at: .any)
    case .moveUp: Command(self, "up", "Move to the row before.", in: .move, at: .any)
    case .movePageDown: Command(self, "page down", "Move one page down.", in: .move, at: .any)
    case .movePageUp: Command(self, "page up", "Move one page up.", in: .move, at: .any)
    case .moveHalfPageDown: Command(self, "half down", "Move half a page down.", in: .move, at: .any)
    case .moveHalfPageUp: Command(self, "half up", "Move half a page up.", in: .move, at: .any)
    case .moveTop: Command(self, "top", "Move to the first row.", in: .move, at: .any)
    case .moveBottom: Command(self, "bottom", "Move to the last row; a log is followed again.", in: .move, at: .any)
    case .moveLeft: Command(self, "left", "Move long lines back to the right.", in: .move, at: .reading)
    case .moveRight: Command(self, "right", "Move long lines to the left, to see their ends.", in: .move, at: .reading)

    case .paneNext: Command(self, "next pane", "Go to the next pane.", in: .panes, at: .list, hint: 9)
    case .panePrevious: Command(self, "prev pane", "Go to the pane before.", in: .panes, at: .list)
    case .paneHosts: Command(self, "hosts", "Go to the hosts.", in: .panes, at: [.list, .detail])
    case .paneContainers: Command(self, "containers", "Go to the containers.", in: .panes, at: [.list, .detail])
    case .paneCaches: Command(self, "caches", "Go to the caches.", in: .panes, at: [.list, .detail])
    case .paneIncidents: Command(self, "incidents", "Go to the incidents.", in: .panes, at: [.list, .detail])
    case .paneSites: Command(self, "sites", "Go to the sites.", in: .panes, at: [.list, .detail])
    case .paneZoom:
      Command(self, "zoom", "Give the whole screen to this pane, or take it back.", in: .panes, at: .list, hint: 11)
    case .open:
      Command(self, "open", "Open the detail of the selected row.", in: .panes, at: [.list, .project], hint: 1)
    case .back:
      Command(
        self, "back", "Close what is open; in a list, clear the filter, then the marks, then the zoom.", in: .panes,
        at: .any, hint: 13)

    case .listFilter:
      Command(self, "filter", "Show only the rows that contain a text.", in: .lists, at: [.list, .reading], hint: 5)
    case .listClearFilter: Command(self, "no filter", "Show all rows again.", in: .lists, at: [.list, .reading])
    case .matchNext:
      Command(self, "next match", "Move to the next row that matches.", in: .lists, at: [.list, .reading])
    case .matchPrevious:
      Command(self, "prev match", "Move to the row before that matches.", in: .lists, at: [.list, .reading])
    case .listSort: Command(self, "sort", "Choose what the list is sorted by.", in: .lists, at: .list, hint: 10)
    case .listSortReverse: Command(self, "reverse", "Reverse the order of the list.", in: .lists, at: .list)
    case .listAll:
      Command(
        self, "all hosts", "Show every host's rows, or those of the selected host only.", in: .lists,
        at: [.hosts, .containers, .caches, .incidents], hint: 12)
    case .listStopped:
      Command(
        self, "stopped", "Show stopped containers too, or hide them.", in: .lists, at: [.hosts, .containers, .caches])
    case .copy:
      Command(
        self, "copy", "Copy the selected row's text, or the lines of the page, to the clipboard.", in: .lists,
        at: [.list, .detail, .reading], takesMany: true)

    case .hostReconnect:
      Command(
        self, "reconnect", "Try the selected host now instead of when its wait ends.", in: .fleet,
        at: [.hosts, .detail], takesMany: true, hint: 3)
    case .hostAnswer:
      Command(
        self, "answer ssh", "Hand the terminal to ssh, to answer what the selected host asks.", in: .fleet,
        at: [.hosts, .detail], hint: 2)
    case .sampleNow:
      Command(
        self, "sample", "Ask the selected host for fresh figures now.", in: .fleet, at: [.list, .detail],
        takesMany: true)

    case .hostModel:
      Command(
        self, "model", "Show what the host is short of, and which larger OVH model would be enough.", in: .fleet,
        at: [.hosts, .detail])

    case .lockToggle:
      Command(
        self, "lock", "Unlock the console, so that it can change something, or lock it again.", in: .acting, at: .any,
        hint: 8)
    case .markToggle:
      Command(
        self, "mark", "Mark the selected container, to act on several, or take its mark away.", in: .acting,
        at: [.containers, .caches])
    case .markClear:
      Command(self, "no marks", "Take all marks away.", in: .acting, at: [.list, .detail])
    case .containerRestart:
      Command(
        self, "restart", "Restart the selected container: the same one, with the same settings.", in: .acting,
        at: .container, takesMany: true, hint: 2)
    case .containerStart:
      Command(self, "start", "Start the selected container.", in: .acting, at: .container, takesMany: true)
    case .containerStop:
      Command(
        self, "stop", "Stop the selected container; it stays stopped.", in: .acting, at: .container, takesMany: true)
    case .containerPause:
      Command(
        self, "pause", "Freeze the selected container's processes.", in: .acting, at: .container, takesMany: true)
    case .containerResume:
      Command(self, "resume", "Let a paused container go on.", in: .acting, at: .container, takesMany: true)
    case .containerKill:
      Command(
        self, "kill", "End the selected container's processes at once.", in: .acting, at: .container, takesMany: true)
    case .containerRemove:
      Command(
        self, "remove", "Kill and remove the selected container; its volumes stay.", in: .acting, at: .container,
        takesMany: true)
    case .containerLimits:
      Command(
        self, "limits", "Change how much CPU and memory the selected container may use, without a restart.",
        in: .acting, at: .container, takesMany: true, hint: 24)
    case .containerShell:
      Command(
        self, "shell", "Hand the terminal to a shell in the selected container, and take it back.", in: .acting,
        at: .container)
    case .containerCommand:
      Command(
        self, "command", "Run one command line in the selected container, and show what it prints.", in: .acting,
        at: .container, takesMany: true)
    case .serviceRestart:
      Command(
        self, "service", "Restart all containers of the Compose service; changed files are not applied.",
        in: .acting, at: .container, takesMany: true)
    case .serviceApply:
      Command(
        self, "apply", "`docker compose up -d` of the service: unlike a restart, it applies changed files.",
        in: .acting, at: .container, takesMany: true)
    case .serviceRecreate:
      Command(
        self, "recreate", "Make all containers of the Compose service anew from its files.", in: .acting,
        at: .container, takesMany: true)
    case .serviceReplicas:
      Command(
        self, "replicas", "Run more or fewer containers of the Compose service on its host.", in: .acting,
        at: .container)
    case .hostReboot:
      Command(
        self, "reboot", "Reboot the selected host, and wait until its containers run again.", in: .acting,
        at: [.hosts, .detail])
    case .operationShow:
      Command(
        self, "progress", "Show the action that runs, or that ran last.", in: .acting, at: [.list, .detail])
    case .auditShow:
      Command(
        self, "history", "Show what was done to the fleet, by whom, and how it ended.", in: .acting,
        at: [.list, .detail])
    case .partAsk:
      Command(
        self, "slowest", "Ask the selected part what is slow now, or a host what is busy on it.", in: .container,
        at: [.hosts, .containers, .caches, .detail], hint: 15)
    case .containerLogs:
      Command(
        self, "logs", "Follow the log of the selected container.", in: .container,
        at: [.containers, .caches, .incidents, .detail], hint: 3)
    case .containerInspect:
      Command(
        self, "inspect", "Show all that Docker knows of the selected container, its secrets masked.", in: .container,
        at: [.containers, .caches, .incidents, .detail])
    case .menu:
      Command(
        self, "actions", "List what can be done with the selected row.", in: .container,
        at: [.list, .detail, .reading], hint: 4)

    case .logFollow:
      Command(self, "follow", "Follow the log's end, or stay where you are.", in: .reading, at: .log, hint: 1)
    case .logTimes:
      Command(self, "times", "Show when each line came, or hide it.", in: .reading, at: .log, hint: 10)
    case .logLonger:
      Command(
        self, "longer", "Read more of the past: 15 minutes, an hour, 24 hours; at most 5000 lines.", in: .reading,
        at: .log, hint: 11)
    case .logShorter:
      Command(self, "shorter", "Read less of the past, down to the last 1000 lines.", in: .reading, at: .log)
    case .textWrap:
      Command(self, "wrap", "Wrap long lines, or cut them.", in: .reading, at: .reading, hint: 9)

    case .dialogConfirm:
      Command(
        self, "choose", "Press the button, or take the line, that has the focus.", in: .dialogs,
        at: [.dialog, .prompt], hint: 1)
    case .dialogCancel:
      Command(
        self, "cancel", "Close the question; nothing is done.", in: .dialogs, at: [.dialog, .prompt], hint: 2)
    case .dialogNext:
      Command(self, "next", "Go to the next button or line.", in: .dialogs, at: [.dialog, .prompt], hint: 3)
    case .dialogPrevious:
      Command(self, "previous", "Go to the button or line before.", in: .dialogs, at: [.dialog, .prompt])

    case .help:
      Command(self, "help", "Show the keys that work here, or close this help.", in: .screen, at: .any, hint: 6)
    case .palette:
      Command(self, "commands", "Find any command by its name.", in: .screen, at: [.list, .detail, .reading], hint: 7)
    case .screenRedraw:
      Command(
        self, "redraw", "Draw the whole screen again.", in: .screen, at: [.any, .dialog, .prompt])
    case .quit:
      Command(
        self, "quit", "Back out of what is open; with nothing open, leave vigie.", in: .screen, at: .any, hint: 14)
    }
  }
}
