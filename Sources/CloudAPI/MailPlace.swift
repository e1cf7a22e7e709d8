import Transfer

/// What the configuration may say of mail: by the very code that mail is sent by.
public enum MailPlace {
  /// `local@domain` in plain ASCII, see ``Transfer/MailRequest``.
  public static func isAddress(_ text: String) -> Bool { MailRequest.isAddress(text) }

  /// `smtps://HOST`, `smtp://HOST:587`.
  public static func isServer(_ text: String) -> Bool { MailServer(text) != nil }
}
