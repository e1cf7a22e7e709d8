import Testing

@testable import WatchProbes

struct SecretMaskTests {
  @Test(arguments: [
    ("%nAKIAIOSFODNN7EXAMPLE x", "%nAKIA...MPLE x"),
    ("bot xoxb-000000000000-EXAMPLE end", "bot xoxb-[masked] end"),
    ("ghp_EXAMPLEEXAMPLEEXAMPLE", "ghp_[masked]"),
    ("password=hunter2&x=1", "password=[masked]&x=1"),
    ("{\"sessionToken\": \"abc/def==\", \"a\": 1}", "{\"sessionToken\": \"[masked]\", \"a\": 1}"),
    ("Authorization: Bearer abc.def", "Authorization: Bearer [masked]"),
    ("key wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY.", "key wJal[masked]."),
    (
      "https://hooks.slack.com/services/T000/B000/XXXXXXXX",
      "https://hooks.slack.com/services/[masked]"
    ),
  ])
  func hides(_ text: String, _ shown: String) {
    #expect(text.masked == shown)
  }

  @Test(arguments: [
    "", "GetSecretValue by ci-deploy", "arn:aws:cloudtrail:us-east-1:111122223333:trail/use1",
    "aws-cli/2.31.4 md/Botocore#1.40.1 ua/2.1 os/macos", "secretsmanager.amazonaws.com",
    "180842bf-6344-fe55-77c6-e47b0a101629", "AWSLogs/111122223333/CloudTrail/us-east-1/2026/11/20/",
    "3f786850e387550fdab836ed7e6dc881de23001b", "AKIA", "password", "token:", "é日\u{202E}",
  ])
  func leavesAlone(_ text: String) {
    #expect(text.masked == text)
  }
}
