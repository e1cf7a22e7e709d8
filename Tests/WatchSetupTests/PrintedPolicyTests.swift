import Testing
import WatchCore

@testable import WatchSetup

/// What is printed, and into how many documents it is put.
struct PrintedPolicyTests {
  private func statement(_ sid: String, actions: Int) -> PrintedStatement {
    PrintedStatement(
      sid, .allow, actions: (0..<actions).map { "service:ActionNumber\($0)" }, resources: ["*"])
  }

  @Test func oneDocumentWhereItFits() {
    let documents = PrintedPolicy.packed("p", use: "", [statement("A", actions: 3)], limit: 6_144)
    #expect(documents.map(\.name) == ["p"])
  }

  @Test func moreDocumentsBeyondTheLimitAndNothingIsLost() {
    let all = [
      statement("A", actions: 120), statement("B", actions: 120), statement("C", actions: 500),
    ]
    let documents = PrintedPolicy.packed("p", use: "", all, limit: 6_144)
    #expect(documents.count > 2)
    #expect(documents.map(\.name).first == "p-1")
    for document in documents {
      #expect(document.characters <= 6_144)
      #expect(Set(document.statements.map(\.sid)).count == document.statements.count)
    }
    let printed = documents.flatMap(\.statements).flatMap(\.actions)
    #expect(printed.count == 740)
    #expect(Set(printed) == Set(all.flatMap(\.actions)))
  }

  @Test func prettyIsTheSameDocument() throws {
    let document = PrintedPolicy("p", use: "", [statement("A", actions: 2)], limit: 6_144)
    #expect(try JSON(text: document.json.pretty) == document.json)
    #expect(
      document.json.pretty.hasPrefix(
        """
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Sid": "A",
        """))
  }

  @Test func theTrustPolicyAsksForTheExternalID() throws {
    let trust = try TrustPolicy(
      trusting: "999988887777", externalID: "acme-7", partition: "aws-us-gov")
    #expect(
      trust.document(account: "prod").minified == """
        {"Version":"2012-10-17","Statement":[{"Sid":"WatchTakesRole","Effect":"Allow","Principal":\
        {"AWS":"arn:aws-us-gov:iam::999988887777:root"},"Action":"sts:AssumeRole","Condition":\
        {"StringEquals":{"sts:ExternalId":"acme-7"}}}]}
        """)
    let role = "arn:aws:iam::999988887777:role/watch"
    let without = try TrustPolicy(trusting: role, externalID: nil, partition: "aws")
    #expect(without.document(account: "prod").statements.first?.principals == [role])
    #expect(without.document(account: "prod").statements.first?.conditions == [])
  }

  @Test(arguments: [
    ("*", nil), ("arn:aws:iam::999988887777:role/*", nil), ("99998888777", nil), ("everybody", nil),
    ("arn:aws:s3:::b", nil), ("999988887777", "x"), ("999988887777", "a b"),
    ("999988887777", "a\"b"),
  ])
  func badTrustIsRefused(_ principal: String, _ externalID: String?) {
    #expect(throws: TrustPolicy.Problem.self) {
      try TrustPolicy(trusting: principal, externalID: externalID, partition: "aws")
    }
  }

  @Test func terraformHoldsTheDocumentAndNoTemplate() throws {
    let statement = PrintedStatement(
      "A", .deny, actions: ["s3:GetObject"], resources: ["arn:aws:s3:::${x}/%{y}"])
    let text = Terraform.text(
      PrintedPolicy("watchkeeper-prod", use: "", [statement], limit: PrintedPolicy.managedLimit))
    #expect(text.hasPrefix("resource \"aws_iam_policy\" \"watchkeeper_prod\" {\n"))
    #expect(text.contains("$${x}/%%{y}"))
    #expect(text.hasSuffix("  POLICY\n}"))
    let control = PrintedPolicy("scp", use: "", [statement], limit: PrintedPolicy.controlLimit)
    #expect(Terraform.text(control).contains("SERVICE_CONTROL_POLICY"))
  }

  @Test func operationsAreAllowedByTheirActions() {
    let table = [
      ("s3:ListObjectsV2", "s3:ListBucket"), ("s3:HeadBucket", "s3:ListBucket"),
      ("s3:GetBucketEncryption", "s3:GetEncryptionConfiguration"),
      ("s3:GetBucketLifecycleConfiguration", "s3:GetLifecycleConfiguration"),
      ("s3:GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock"),
      ("s3:GetObjectLockConfiguration", "s3:GetBucketObjectLockConfiguration"),
      ("logs:FilterLogEvents", "logs:FilterLogEvents"),
      ("sqs:DeleteMessageBatch", "sqs:DeleteMessage"),
    ]
    for (operation, action) in table {
      #expect(ActionTable.action(for: operation) == action)
      #expect(ActionTable.level(of: action) != nil)
    }
    #expect(ActionTable.action(for: "sts:GetCallerIdentity") == nil)
  }
}
