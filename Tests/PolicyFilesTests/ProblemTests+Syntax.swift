extension ProblemTests {
  static let syntax: [WrongFile] = [
    WrongFile(
      "roster.json5", #""#,
      [
        #"roster.json5:1:1: unexpected end of the file, expected a value"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, }\#n  }"#,
      [
        #"roster.json5:2:3: unexpected "}", expected the end of the file"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, bots: ["a\u12"] }"#,
      [
        #"roster.json5:1:24: broken escape, expected 4 hexadecimal digits"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 01 }"#,
      [
        #"roster.json5:1:12: number with a leading zero, expected it without"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1 teams: {} }"#,
      [
        #"roster.json5:1:14: unexpected "t", expected `,` or `}`"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: one }"#,
      [
        #"roster.json5:1:12: unexpected "one", expected a value; texts need quotes"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, bots: ["ab\#n"] }"#,
      [
        #"roster.json5:1:25: line break in a string, expected `"`, or `\` before the break"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, /* no end"#,
      [
        #"roster.json5:1:15: comment without an end, expected `*/`"#
      ]),
    WrongFile(
      "roster.json5", #"{ 'version': 1, "bots": ["\ud800x"] }"#,
      [
        #"roster.json5:1:27: half of a surrogate pair, expected two `\u` escapes or the character itself"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1, bots: ["\08"] }"#,
      [
        #"roster.json5:1:23: octal escape, expected `\x` and two digits or `\u` and four"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 0x, }"#,
      [
        #"roster.json5:1:14: unexpected ",", expected a hexadecimal digit"#
      ]),
    WrongFile(
      "roster.json5", #"{ version: 1e }"#,
      [
        #"roster.json5:1:14: unexpected " ", expected a digit of the exponent"#
      ]),
    WrongFile(
      "roster.json5", #"{ über: 1,\#r\#n version: 1,\#r # }"#,
      [
        ##"roster.json5:3:2: unexpected "#", expected a key or `}`"##
      ]),
  ]
}
