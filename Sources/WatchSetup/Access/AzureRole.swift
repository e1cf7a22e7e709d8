import WatchCore

/// A custom role of Azure, as it will be printed ("Azure custom roles", learn.microsoft.com).
public struct AzureRole: Hashable, Sendable {
  /// `watchkeeper-dev-reader`: one of its name in a tenant.
  public var name: String
  /// What it is for, and where it is assigned.
  public var use: String
  public var actions: [String]
  public var dataActions: [String]
  /// Scopes that it is assigned at: ids of subscriptions, resource groups, resources.
  public var places: [String]

  /// Subscriptions in which it may be assigned.
  public var assignableScopes: [String]

  /// As `az role definition create --role-definition` takes it.
  public var json: JSON {
    .object([
      JSON.Member("Name", .string(name)), JSON.Member("IsCustom", true),
      JSON.Member("Description", .string(use)), JSON.Member("Actions", Self.list(actions)),
      JSON.Member("NotActions", .array([])), JSON.Member("DataActions", Self.list(dataActions)),
      JSON.Member("NotDataActions", .array([])),
      JSON.Member("AssignableScopes", Self.list(assignableScopes)),
    ])
  }

  /// `resource "azurerm_role_definition" …`
  public var terraform: String {
    let scope = assignableScopes.first ?? "/subscriptions/…"
    return """
      resource "azurerm_role_definition" "\(Terraform.label(name))" {
        name        = \(Terraform.text(name))
        description = \(Terraform.text(use))
        scope       = \(Terraform.text(scope))
        permissions {
          actions          = \(Terraform.list(actions))
          not_actions      = []
          data_actions     = \(Terraform.list(dataActions))
          not_data_actions = []
        }
        assignable_scopes = \(Terraform.list(assignableScopes))
      }
      """
  }

  /// What is done with it, one command a line; `OBJECT-ID` is the watch's own identity's.
  public var steps: [String] {
    places.map { place in
      "az role assignment create --assignee-object-id OBJECT-ID "
        + "--assignee-principal-type ServicePrincipal --role \(name) "
        + "--scope '\(place)'"
    }
  }

  private static func list(_ texts: [String]) -> JSON { .array(texts.map(JSON.string)) }
}
