import CZlib

/// zlib working once through one input.
struct InflateRun: ~Copyable {
  // Allocated, because zlib remembers the stream's address and refuses a moved one.
  private let stream: UnsafeMutablePointer<WKInflateStream>
  private let limit: Int

  init(limit: Int) throws(GunzipError) {
    let stream = UnsafeMutablePointer<WKInflateStream>.allocate(capacity: 1)
    stream.initialize(to: WKInflateStream())
    let size = Int32(MemoryLayout<WKInflateStream>.size)
    guard inflateInit2_(stream, Self.gzipWindow, zlibVersion(), size) == Self.ok else {
      stream.deallocate()
      throw .noMemory
    }
    self.stream = stream
    self.limit = limit
  }

  deinit {
    inflateEnd(stream)
    stream.deallocate()
  }

  func all(of input: [UInt8]) throws(GunzipError) -> [UInt8] {
    var output: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var position = 0
    while true {
      let (code, used, made) = step(input, from: position, into: &chunk)
      position += used
      guard output.count + made <= limit else { throw .tooLarge(limit: limit) }
      output.append(contentsOf: chunk[..<made])
      switch code {
      case Self.streamEnd:
        if position == input.count { return output }
        try startMember(input, at: position)
      case Self.ok:
        continue
      case Self.bufferError:
        // No progress although there is room: the input is used up.
        throw .truncated(atByte: position)
      case Self.memoryError:
        throw .noMemory
      default:
        let detail = stream.pointee.msg.map { String(cString: $0) } ?? "zlib code \(code)"
        throw .damaged(atByte: position, detail: detail)
      }
    }
  }

  private func step(
    _ input: [UInt8], from position: Int, into chunk: inout [UInt8]
  ) -> (code: Int32, used: Int, made: Int) {
    // zlib counts in 32 bits: larger inputs go in pieces.
    let offered = min(input.count - position, 1 << 30)
    return input.withUnsafeBufferPointer { source in
      chunk.withUnsafeMutableBufferPointer { room in
        stream.pointee.next_in = source.baseAddress.map { $0 + position }
        stream.pointee.avail_in = UInt32(offered)
        stream.pointee.next_out = room.baseAddress
        stream.pointee.avail_out = UInt32(room.count)
        let code = inflate(stream, Self.noFlush)
        let used = offered - Int(stream.pointee.avail_in)
        return (code, used, room.count - Int(stream.pointee.avail_out))
      }
    }
  }

  private func startMember(_ input: [UInt8], at position: Int) throws(GunzipError) {
    let next = input[position...].prefix(2)
    if next.elementsEqual(Gunzip.magic.prefix(1)) { throw .truncated(atByte: input.count) }
    guard next.elementsEqual(Gunzip.magic) else { throw .trailingGarbage(atByte: position) }
    inflateReset(stream)
  }

  /// 15 bits of window, and 16 for "gzip only".
  private static let gzipWindow: Int32 = 31
  private static let noFlush: Int32 = 0
  private static let ok: Int32 = 0
  private static let streamEnd: Int32 = 1
  private static let memoryError: Int32 = -4
  private static let bufferError: Int32 = -5
}
