import Crypto
import Foundation
import Testing

@Suite struct RSAPrivateKeyTests {
  /// Made for this test with: openssl genrsa 2048; openssl pkcs8 -topk8 -nocrypt -outform DER.
  static let pkcs8 = bytes(
    """
    MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCvdp8OJ8d3gBrD9X/1zp3hyLR2oBCM00it
    05/XRCsG1ChOcY8lqQ+8tUWI/BT4vUxFFbaXqxDgR8UFApNHNSdgTkZKb2n8YYHeWt99VaqMzzOUUb8tHtiG
    jr3pC9yiOzb16vYYDoCyJT/2aSXC5C67MqpzACUCKF0WXsbufCEzvWopq2Xeta4Oz4Yf+KEO9nA6NOYI0/ef
    bIKBJLRo0BDVULx5kBop+LtlHG2ELJgpMIA8+q3YUPHvff9xGsTLR5+q0IuJ1ta4wy0adCz//e1BiKFLxsl7
    YiTVFC5exZz4RU20ereZqK4jgDWmBK2QmumhoWHlFzUPpYKn2aPNaHHFAgMBAAECggEAFxGxAtLvEkKZAkee
    TcqfDmbtdyU/V8yVoykOPGa9g3XUYM/kYq6yH3zzyflepn947iJXMeSvYNV+zVRT2cpexXY1Hqc8V47YXMw0
    0w020bGSVf9Tc9K45CQTSvcgyIGhjb6ZIXuSpxlnqfWUHeYTUNBuAZW0x+5Xos/ONt/CG8OlWpPxtH+LRLL+
    CXiUEsjOU9pB03FLxuAYckep0vHbQKJdp1yZ21bO+xSYbDSeBfGA4oQ8eJxBoLFuVtYrIoTFCT2f4LsYTVjm
    TUfCKGcGV/3azSc4jkjDYfZwc29GNlLt+QOP/lI7L7PZERSxhu53VL3s54kyvkY6TAdsoHHehwKBgQDX7PYy
    uNLyCcvV+52Lan4bQxHyoom/FA2Ls4++8+J+lr6j8jJJU3urUS5z3fA5Th5fIveOpIbGeLnGqvbTiwN+5I/t
    viePZEkLWKOKxpj0LdwV62r9bB4jCpyraCKphvwfFZ/xvjHL0P/Qg2x7XhfgshklI3uVx+APMTqR+0hfLwKB
    gQDQBzhc7C48UR/zVVCvP9/D9XhgumG3HuMXeS+kpCHuGDI2MBluQqjJfTibk8E2xkmeYAVwjdXWws8BdcX/
    sxmNJJfXvDxulEY1XFKDxCbPuCzASlt6m7olRfaswUFJ0pzxHyDcDe+NhArtRT53pEnGbDRUqNOLNjaZ4t1h
    9CihSwKBgAyinimLrTRipF3qMmblHWoE+7jiEANxbfV91WyMIvXbZl57nruxuevlfT1kgFkqHBbfGfNr50MX
    728TtAve955mS5HS7cezS57xWeiWBH9Na7KQqxsXR5AvX8mb92NKNdiv0EM6KPnPShjuh9uUPvt0EIqez+2M
    26yn6dB/DtYbAoGBAKjwFB+yVeH5576O3FVVw/y5jibPdadm1/kqGzzTZhKbZ7uF2EEotTXcEWqW1WQMJ6EM
    TZ6YML6VudJvuHntEqUCwKUcYt9SXqna7c/ALdymrwEB4cRyTvsSFD87OjAfcACIzQCn+JCuWMlTYGV878TJ
    /r151UHKpxDVof94br59AoGBAM4Ue7zzBAGVjqhixzdzj4Ca46LP8M3OSTRbU6NK1QQoF1GzqMXSN8GV07fz
    ugwSPZvk+tbwpiBsCg6LHwAzL8BIwGducf9wydYa5QvSoBnUztokcJS8lBokfL+A1hYDD4tuQoLvLUVE2pqP
    P0mEgLV+ijg7cJOw6Q1zv2e2VLKl
    """)
  /// The same key without the 26 bytes that name the algorithm.
  static let pkcs1 = Array(pkcs8.dropFirst(26))
  /// openssl rsa -pubout
  static let publicKey = bytes(
    """
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr3afDifHd4Aaw/V/9c6d4ci0dqAQjNNIrdOf10Qr
    BtQoTnGPJakPvLVFiPwU+L1MRRW2l6sQ4EfFBQKTRzUnYE5GSm9p/GGB3lrffVWqjM8zlFG/LR7Yho696Qvc
    ojs29er2GA6AsiU/9mklwuQuuzKqcwAlAihdFl7G7nwhM71qKatl3rWuDs+GH/ihDvZwOjTmCNP3n2yCgSS0
    aNAQ1VC8eZAaKfi7ZRxthCyYKTCAPPqt2FDx733/cRrEy0efqtCLidbWuMMtGnQs//3tQYihS8bJe2Ik1RQu
    XsWc+EVNtHq3maiuI4A1pgStkJrpoaFh5Rc1D6WCp9mjzWhxxQIDAQAB
    """)
  /// openssl dgst -sha256 -sign, over the word watchkeeper.
  static let signature = bytes(
    """
    euKRnrsf6LD5B09tkDYxdCji3/X4qNvPThx9mOQzmUdJRS2/iz1C9xWnezkhJ/a7g/iGripf6JpCMghqaO3S
    D8zFhA5yRehJJj/rwYRi7gQRiXkuOkZPXoBq8qBCkqRZjz2KTru9ORMKyPr9horTGZJ8XeBUHri+x0c9Usnz
    yQ4MqI9xIqviv1ig5wNsYZGYP2911PEY7DPQ8mUNySpIOnpOTTDC4AtVa1LukXp3lnIOBPYGwEcSLmMjDDlz
    aVlPwDlcDaOptOZU/Awsx+jbtnJuTFQbFKBWBarf9H5xdzypJW0ggxQoqalMNR44rvXHhZniCDusM2onQbrG
    Gkl4eQ==
    """)
  /// 1024 bits.
  static let short = bytes(
    """
    MIICdgIBADANBgkqhkiG9w0BAQEFAASCAmAwggJcAgEAAoGBALX87eEbxMzyd5KfDK2moYPJbuekmZ9xTShi
    S0Tq7fLsihU0PcckIxp9VL7Q5rp2o6aUKjwWjR/iGISW1ehzVWf/B33WU1FxQ37zHv3Ciys3ogeeXvtscXka
    sQFu4qGbWvNhH09AAe/Aazgge4bOYW+cKhCECHTzsilTD0eQ+2wJAgMBAAECgYBbORy4kSXWIdhEO8usI/Gk
    UM1x+fUzkiS+EH9wXV7HPUB+HoC1GO0rsxVOzQJLB3tC3dRJ6Hf3OmtV0xIIgf+V1zzr/+JOYEZc4csPaLiK
    iYGdNgzmKaiLOh4Iw35kLf3zZEjO4OARaRzxGWxtEaHVJ/Bb9AJFXIkTnfWUUdAlcQJBAO3QtWyKz1w+/yhu
    Sys6hB7z+CggsaTI2ezdc30UKrR9pqFbB9Jn1HETZSJjLTLZt2N3j6BhHTzzVQww1NZIGiUCQQDD52NrqK4z
    P2tFrw8/q5Wd61xHGqJ5CDFvqlbocDqpKQzcuRpZd0VTvEVvJ/x7zH4M3+Os3GyNnp7bb7f5A/sVAkEAw3UO
    J6/OzhpYzHoZ/eWSQX5zL0fvuWf69Nrt2JeCoeXD1kpjG2OLD4TJUoIA3BJkz7OssDwhM78q32IjDBsmoQJA
    F0kzyiI8wp6xM5FBcMIGgMTvLQx/b3+H0MwglHRypJTakIn4FdZViUSBxFqualC+Uu1x9KQmyxalr1OyPIk6
    mQJALPWsVPHFXbwhx5x/LmH095zSN7xmtPsMVwwnGmE+sNwpTi3IOMLMpmhWXGCwJ5ozHmVK3YexpDJuM0u9
    KHUw3A==
    """)
  static let elliptic = bytes(
    """
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQguZVzgRFyAYxnv7uJaWew8XujAbB5UyEjYoDa
    jNvIJ1ihRANCAASmrxRWQI7EzG+HcGpnvsclvzEGQ8FR0tsmOFsxP0MS56fmu0aQ22wG1cXKAk0HgDyz+1pJ
    4o/ikxI/bQIPTjPH
    """)

  static func bytes(_ base64: String) -> [UInt8] {
    Data(base64Encoded: base64, options: .ignoreUnknownCharacters).map { Array($0) } ?? []
  }

  @Test(arguments: [pkcs8, pkcs1])
  func `signs as openssl does`(der: [UInt8]) throws {
    let key = try RSAPrivateKey(der: der)
    #expect(key.bits == 2048)
    #expect(try key.signature(of: Array("watchkeeper".utf8)) == Self.signature)
    let other = try key.signature(of: [])
    #expect(other.count == 256)
    let check = try RSAPublicKey(der: Self.publicKey, encoding: .spki)
    #expect(check.verifies(signature: other, of: []))
    #expect(!check.verifies(signature: other, of: [0]))
  }

  @Test func `refuses what is not such a key`() {
    let cases: [([UInt8], RSAPrivateKeyError)] = [
      ([], .notDER(byteCount: 0)),
      (Array("-----BEGIN PRIVATE KEY-----".utf8), .notDER(byteCount: 27)),
      (Self.publicKey, .notDER(byteCount: 294)),
      (Self.pkcs8 + [0], .notDER(byteCount: Self.pkcs8.count + 1)),
      (Array(Self.pkcs8.dropLast()), .notDER(byteCount: Self.pkcs8.count - 1)),
      (Array(Self.pkcs1.dropLast(200)), .notDER(byteCount: Self.pkcs1.count - 200)),
      (Self.short, .tooShort(bits: 1024)),
      (Self.elliptic, .notRSA),
    ]
    for (der, expected) in cases {
      #expect(throws: expected) { try RSAPrivateKey(der: der) }
    }
  }
}
