import WatchCore

extension SampleBoard {
  static let runbooks: [String: Runbook] = {
    guard let book = try? Runbook(parsing: stoppedRunbook, file: "aws-trail-stopped.md") else {
      return [:]
    }
    return [book.name: book]
  }()

  private static let stoppedRunbook = """
    ---
    title: A trail was stopped
    codes: aws.trail.stopped
    owner: security
    role: security-lead
    ---
    Nothing new is recorded where the trail was.

    ## 1 What does the trail itself say?
    IsLogging false means stopped.
    ```
    aws cloudtrail get-trail-status --name {{trail}} --region {{region}} {{--profile profile}}
    ```
    - good: IsLogging is true: go to step 4
    - bad: IsLogging is false

    ## 2 Was it planned?
    No planned change is open. Who else knows?
    ```
    aws cloudtrail lookup-events --region {{region}} --lookup-attributes AttributeKey=EventName,AttributeValue=StopLogging {{--profile profile}}
    ```
    - good: a planned change with a ticket: go to step 4
    - bad: nobody knows of it

    ## 3 Not planned: stop the hand that did it
    Ask the owner of {{actor}} first.

    ## 4 Start the trail again
    ```
    aws cloudtrail start-logging --name {{trail}} --region {{region}} {{--profile profile}}
    ```
    - remedy: yes

    ## 5 Wait for proof
    A newer object in {{bucket}}, 15 minutes at most.
    - probe: yes

    ## 6 Close with a line on the cause
    - close: yes
    """
}
