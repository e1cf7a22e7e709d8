"""The tables of a workspace and their columns, as the Azure Monitor table reference names them."""

COMMON = {"TenantId": "string", "TimeGenerated": "datetime", "SourceSystem": "string", "Type": "string",
          "_ResourceId": "string", "_SubscriptionId": "string", "_IsBillable": "string", "_BilledSize": "real"}


def columns(strings, **others):
    return {**COMMON, **{name: "string" for name in strings.split()}, **others}


TABLES = {
    "AzureActivity": columns(
        "ActivityStatus ActivityStatusValue ActivitySubstatus ActivitySubstatusValue Authorization Caller CallerIpAddress "
        "Category CategoryValue Claims CorrelationId EventDataId HTTPRequest Hierarchy Level OperationId OperationName "
        "OperationNameValue Properties Resource ResourceGroup ResourceId ResourceProvider ResourceProviderValue SubscriptionId",
        Authorization_d="dynamic", Claims_d="dynamic", Properties_d="dynamic", EventSubmissionTimestamp="datetime"),
    "AzureDiagnostics": columns(
        "Category CallerIPAddress CorrelationId Level OperationName OperationVersion Resource ResourceGroup ResourceId "
        "ResourceProvider ResourceType ResultDescription ResultSignature ResultType SubscriptionId identity_claim_upn_s requestUri_s",
        DurationMs="long", httpStatusCode_d="real"),
    "AZKVAuditLogs": columns(
        "CallerIpAddress CorrelationId OperationName OperationVersion RequestUri ResultDescription ResultSignature ResultType "
        "SubnetId TlsVersion KeyProperties Algorithm", DurationMs="long", HttpStatusCode="int", Identity="dynamic", IsRbacAuthorized="bool"),
    "StorageBlobLogs": columns(
        "AccountName AuthenticationType CallerIpAddress Category CorrelationId OperationName ObjectKey Protocol "
        "RequesterObjectId ServiceType StatusText Uri UserAgentHeader", StatusCode="string", DurationMs="real"),
    "Operation": columns("Computer CorrelationId Detail ErrorId HelpLink ManagementGroupName OperationCategory "
                         "OperationKey OperationStatus Resolution Solution"),
    "Usage": columns("Computer DataType QuantityUnit ResourceUri Solution ManagementGroupName BatchesCapped_ IsBillable_",
                     StartTime="datetime", EndTime="datetime", Quantity="real", IsBillable="bool"),
    "Heartbeat": columns("Computer Category OSType Version ResourceId SubscriptionId"),
}
# The function over Operation that the documentation tells people to ask.
LOG_OPERATION = {**COMMON, **{n: "string" for n in ("Category", "Operation", "Level", "Detail")}}
FREE = ("AzureActivity", "Operation", "Usage", "Heartbeat")  # go on when the daily cap is reached
