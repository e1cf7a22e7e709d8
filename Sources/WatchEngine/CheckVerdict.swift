import WatchCore

/// What one round comes to, as a monitoring plugin says it. 2 beats 3 beats 1 beats 0.
public enum CheckVerdict {
  /// 2: silent, failing, not recorded where in use, or any high alert; 3: blind or never;
  /// 1: late, lower alerts, or shelved ones; 0: all proven. What could not be written is 2.
  public static func exitStatus(_ board: Board) -> Int32 {
    let states = Set(
      board.clouds.flatMap(\.paths).filter { $0.required && $0.state != .off }.map(\.state))
    if case .notSaved = board.journal { return 2 }
    let open = board.picture.open
    let alerts = open.filter { !$0.isShelved }
    let live = board.clouds.filter { $0.state != .notSetUp || !$0.paths.isEmpty }
    if !states.isDisjoint(with: [.silent, .failing, .notSetUp])
      || alerts.contains(where: { $0.priority == .high })
    {
      return 2
    }
    if live.isEmpty || !states.isDisjoint(with: [.blind, .never]) { return 3 }
    if states.contains(.late) || !open.isEmpty { return 1 }
    return 0
  }

  /// The worst state of all that is configured.
  public static func state(_ board: Board) -> HeartbeatState {
    HeartbeatState.worst(board.clouds.filter { !$0.paths.isEmpty }.map(\.state)) ?? .notSetUp
  }
}
