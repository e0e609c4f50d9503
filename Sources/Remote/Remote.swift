/// Remote
