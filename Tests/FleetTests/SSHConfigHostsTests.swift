import Fleet
import Testing

@Suite struct SSHConfigHostsTests {
  @Test func `concrete aliases are found, patterns and negations are not`() {
    let hosts = SSHConfigHosts(
      """
      # Host commented
      Host web-1 web-2 *.internal !web-3
        HostName 10.0.0.1
        HostKeyAlias other
      host = lab # staging
      HOST="quoted" "two words" db?
      Host *
        ServerAliveInterval 5
      Match host web-9
      Host web-1\tlast-1
      Host -oProxyCommand=reboot $(reboot)
      """)
    #expect(hosts.aliases == ["web-1", "web-2", "lab", "quoted", "last-1"])
    #expect(hosts.includes == [])
  }

  @Test func `includes are for the caller to read`() {
    var hosts = SSHConfigHosts("Include config.d/*.conf \"~/my hosts\"\nInclude config.d/*.conf\r\nHost a\r\n")
    #expect(hosts.includes == ["config.d/*.conf", "~/my hosts"])
    hosts.add("\u{FEFF}Host b a")
    #expect(hosts.aliases == ["a", "b"])
  }

  @Test(arguments: ["", "\n\n", "Host", "Host \"", "Host =", "=", "Include", "\"", "Host \0"])
  func `odd text gives no hosts`(text: String) {
    #expect(SSHConfigHosts(text) == SSHConfigHosts())
  }
}
