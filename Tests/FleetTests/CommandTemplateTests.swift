import Fleet
import Glibc
import Testing

/// The operator's own command lines, with real shells.
@Suite struct CommandTemplateTests {
  private static let names = ["host", "container", "url"]
  private static let others = ["service": "{service} is not known here"]

  private func template(_ text: String) throws -> CommandTemplate {
    try CommandTemplate(text, names: Self.names, others: Self.others)
  }

  private func fault(_ text: String) -> String? {
    do throws(CommandFault) {
      _ = try CommandTemplate(text, names: Self.names, others: Self.others)
      return nil
    } catch {
      return error.message
    }
  }

  @Test func `values take their places, each as one word`() throws {
    let template = try template("docker exec {container} wp --url={url} 'it{s} text' {container} # {host}")
    #expect(template.names == ["container", "url"])
    #expect(
      template.line(["container": "a-1", "url": "it's $(reboot)"])
        == #"docker exec a-1 wp --url='it'\''s $(reboot)' 'it{s} text' a-1 # {host}"#)
    #expect(template.line([:]) == "docker exec '' wp --url='' 'it{s} text' '' # {host}")
  }

  @Test(arguments: [
    "uptime", "df -h | sort > /tmp/x", #"awk '{print $1}' "$HOME"/x "${USER}" `date` $(date +%s) "$(id "a'b")""#,
    "find . -name '{}' -exec ls {} \\;", "echo {a,b} {1..3} { x; }", "echo ${x:-'a b'} $((1 + 2)) [[ a ]]",
    "cat <<< x", "echo \\{host} ~ # don't", "echo {HOST} {a_b}",
  ]) func `without places for values any line is taken as it is`(text: String) throws {
    #expect(try CommandTemplate(text, names: []).pieces == [.text(text)])
  }

  @Test(arguments: [
    "echo {host}", "{container}", "echo --{host}={url}:x", "echo \"$HOME ${USER}\" {host}", "echo $(echo {host}) {url}",
    "echo 'a' {host} \"b\"", "echo \\\\{host}", "cat <<< {host}", "( echo {host} ) && echo {url}; true",
    "echo a\\ #{host}", "echo \"\\\"\" {host}", "echo ${USER} {host}", "cd / && FOO={url} echo x",
  ]) func `a place where a word can stand is taken`(text: String) { #expect(fault(text) == nil) }

  @Test(
    arguments: [
      ("", "the command is empty; write what is to run"),
      ("  ", "the command is empty; write what is to run"),
      (
        "echo a\nreboot", "a command is one line without control characters; put more into a script, and call that"
      ),
      ("echo 'it", "the quote before \"it\" is never closed"),
      ("echo \"a {host", "the quote before \"a {host\" is never closed"),
      (
        "echo '{host}'",
        "{host} stands inside quotes, where what it becomes could break out; take the quotes away, because it is quoted "
          + "by itself"
      ),
      (
        "echo \"x {service}\"",
        "{service} stands inside quotes, where what it becomes could break out; take the quotes away, because it is "
          + "quoted by itself"
      ),
      ("echo {service}", "{service} is not known here"),
      ("echo {hots}", "nothing is called {hots} here; did you mean {host}?"),
      (
        "awk {print}",
        "nothing is called {print} here; expected {host}, {container}, {url}, or quotes around it if it is text"
      ),
      ("echo \\{host}", #"{host} stands right after \, which would undo its quotes; take \ away"#),
      ("echo ${host}", "{host} stands right after $, which would undo its quotes; take $ away"),
      ("echo {host}>x", "{host} stands right before >; put a blank between them"),
      ("echo {{host},b}", "{host} stands right after {; put a blank between them"),
      (
        "echo `echo {host}`",
        "{host} can't stand in a command with `…`: what is quoted there is not certain; put that into a script, and "
          + "give it {host} as an argument"
      ),
    ] as [(String, String)]) func `what could break out is refused in one sentence`(text: String, message: String)
  { #expect(fault(text) == message) }

  @Test(arguments: [
    ("echo \"$(echo \"{host}\")\"", "$(…) in quotes"), ("echo \"`date`\" {host}", "`…` in quotes"),
    ("echo $(( {host} ))", "$((…))"), ("(( {host} ))", "((…))"), ("[[ {host} -eq 1 ]]", "[[…]]"),
    ("echo $[ {host} ]", "$[…]"), ("echo $'a' {host}", "$'…' or $\"…\""), ("echo $\"a\" {host}", "$'…' or $\"…\""),
    ("cat << {host}", "<<"), ("echo ${x:-'} {host}", "${…} that holds more than a name"),
    ("echo ${x:-{host}}", "${…} that holds more than a name"),
    ("echo \"$(echo \"a'b\")\" {host}", "$(…) in quotes"),
  ]) func `beside what makes quotes uncertain there is no place for a value`(text: String, what: String) {
    #expect(fault(text)?.hasPrefix("{host} can't stand in a command with \(what): ") == true, "\(fault(text) ?? "")")
  }

  @Test func `whatever a value is, a shell reads it back as one word`() throws {
    let template = try template(
      "count() { printf '%s|' \"$#\" \"$@\"; }; count a{host} $(printf %s b) --x={url}:{host}")
    for word in ShellWordTests.hostile {
      let line = template.line(["host": word, "url": word])
      #expect(try shell(line, program: "/bin/bash") == "3|a\(word)|b|--x=\(word):\(word)|")
    }
  }

  /// Lines made of all that quoting is made of: whatever is taken, no value in it is ever obeyed.
  @Test func `no value breaks out of any line that is taken`() throws {
    let folder = "/tmp/vigie-template-\(getpid())"
    mkdir(folder, 0o700)
    defer { _ = try? shell("rm -rf \(folder)") }
    let parts = [
      "{url}", "{url}", "{url}", "'", "'", "\"", "\"", "\\", "$", "$(", ")", "`", "${", "}", "((", "))", "[[", "]]",
      "{",
      "<", ">", "#", " ", " ", " ", ";", "|", "&", "(", "=", ",", "~", "*", "echo ", "x", "$'", "a[", "]",
    ]
    let obey = "touch \(folder)/obeyed"
    let values = [
      "$(\(obey))", "`\(obey)`", "'; \(obey); '", "\"; \(obey); \"", "\\'; \(obey); #", "; \(obey)", "a[$(\(obey))]",
      "'$(\(obey))'", "}; \(obey); {", ") ; \(obey); (", "\\", "'", "\"'$(\(obey))",
      "; \(obey); #", "'; \(obey); #", "\"; \(obey); #", "\n\(obey)\n", "b'$(\(obey))'c", "\(obey);",
    ]
    var random = Dice(state: 20)
    var texts = parts.flatMap { before in parts.map { after in "echo \(before){url}\(after)" } }
    // Where one in a few values would break out, all of them are tried.
    let around = [
      ("`", "`"), ("\"`", "`\""), ("\"$(echo \"", "\")\""), ("\"$(", ")\""), ("$((", "))"), ("; (( ", " ))"),
      ("$[", "]"),
      ("; [[ ", " -eq 1 ]]"), ("${x:-", "}"), ("\"${x:-", "}\""), ("$'", "'"), ("$\"", "\""), ("$(", ")"), ("<<< ", ""),
    ]
    texts += around.flatMap { pair in values.map { _ in "echo \(pair.0){url}\(pair.1)" } }
    texts += (0..<3000).map { _ in (0..<(2 + random.next(12))).map { _ in parts[random.next(parts.count)] }.joined() }
    var taken = 0
    for text in texts {
      guard let template = try? template("cd \(folder); \(text)"), !template.names.isEmpty else { continue }
      taken += 1
      // Each line has one of the values by turns, so that all of them meet many lines.
      _ = try shell(template.line(["url": values[taken % values.count]]), program: "/bin/bash", endsWell: false)
      #expect(access("\(folder)/obeyed", F_OK) != 0, "\(text)")
      unlink("\(folder)/obeyed")
    }
    #expect(taken > 500)
  }
}

/// The same numbers in every run.
private struct Dice {
  var state: UInt64

  mutating func next(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(count))
  }
}
