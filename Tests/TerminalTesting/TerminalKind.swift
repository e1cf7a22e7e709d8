/// Which terminal a session plays.
public enum TerminalKind: Sendable, Hashable {
  /// One of our own, with no more abilities than the model understands. Its description travels in
  /// the environment, so it needs nothing installed.
  case model
  /// A type from the machine's terminfo, such as "xterm-256color".
  case named(String)
  /// TERM is not set.
  case unset

  /// TERM and what belongs to it.
  var environment: [String: String] {
    switch self {
    case .model: ["TERM": "model-screen", "TERMINFO": Self.description]
    case .named(let name): ["TERM": name]
    case .unset: [:]
    }
  }

  // Made by: tic -x -o DIR FILE; TERMINFO=DIR infocmp -x -Q2 model-screen, of
  //   am, xenl, msgr, colors#256, pairs#0x7fff, bold=\E[1m, clear=\E[H\E[2J, civis=\E[?25l,
  //   cnorm=\E[?25h, cr=\r, cup=\E[%i%p1%d;%p2%dH, dim=\E[2m, ed=\E[J, el=\E[K, home=\E[H, ind=\n,
  //   kcuu1=\EOA, kcud1=\EOB, kcuf1=\EOC, kcub1=\EOD, kbs=\177, op=\E[39;49m, rev=\E[7m,
  //   rmul=\E[24m, smul=\E[4m, sgr0=\E[m, rmcup=\E[?1049l, smcup=\E[?1049h,
  //   setaf=\E[38;5;%p1%dm, setab=\E[48;5;%p1%dm
  private static let description = """
    b64:GgFKAA8ADwBpAZ4AbW9kZWwtc2NyZWVufGFzIG11Y2ggb2YgYSB0ZXJtaW5hbCBhcyB0aGUgdGVzdHMnIG1vZGVs\
    IG9mIG9uZSB1bmRlcnN0YW5kcwAAAQAAAQAAAAAAAAAAAAEA__________________________________8AAf9_____\
    _wAA_____wIACgAOAP____8SAP__IwAnAP____8uAP__________________________NQA6AP__QwD_______9IAP__\
    TQD_____UgBWAP_______18A__________________________9lAP____________9nAP______________________\
    ______________________9rAP_______28A________cwD_____________________________________________\
    ________________________________________________________________dwD_________________________\
    ____________________________________________________________________________________________\
    ____________________________________________________________________________________________\
    ____________________________________________________________________________________________\
    ____________________________________________________________________________________________\
    ____________________________________________________eQD_____________________________________\
    ____________________________________________________________________________________________\
    _________________________________4IAkAANABtbSBtbMkoAG1tLABtbSgAbWyVpJXAxJWQ7JXAyJWRIABtbSAAb\
    Wz8yNWwAG1s_MjVoABtbMW0AG1s_MTA0OWgAG1sybQAbWzdtABtbNG0AG1ttABtbPzEwNDlsABtbMjRtAH8AG09CABtP\
    RAAbT0MAG09BAAoAG1szOTs0OW0AG1szODs1OyVwMSVkbQAbWzQ4OzU7JXAxJWRtAA==
    """
}
