import Foundation

/// A service account's key, made for these tests alone (openssl genrsa 2048).
enum GCPKeys {
  static let base64 = """
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
    """

  static let pem = "-----BEGIN PRIVATE KEY-----\n\(base64)\n-----END PRIVATE KEY-----\n"

  /// Its public half, SubjectPublicKeyInfo.
  static let publicKey = bytes(
    """
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAr3afDifHd4Aaw/V/9c6d4ci0dqAQjNNIrdOf10Qr
    BtQoTnGPJakPvLVFiPwU+L1MRRW2l6sQ4EfFBQKTRzUnYE5GSm9p/GGB3lrffVWqjM8zlFG/LR7Yho696Qvc
    ojs29er2GA6AsiU/9mklwuQuuzKqcwAlAihdFl7G7nwhM71qKatl3rWuDs+GH/ihDvZwOjTmCNP3n2yCgSS0
    aNAQ1VC8eZAaKfi7ZRxthCyYKTCAPPqt2FDx733/cRrEy0efqtCLidbWuMMtGnQs//3tQYihS8bJe2Ik1RQu
    XsWc+EVNtHq3maiuI4A1pgStkJrpoaFh5Rc1D6WCp9mjzWhxxQIDAQAB
    """)

  static func bytes(_ base64: String) -> [UInt8] {
    Data(base64Encoded: base64, options: .ignoreUnknownCharacters).map { Array($0) } ?? []
  }

  /// RFC 4648, 5.
  static func base64URL(_ text: Substring) -> [UInt8] {
    let plain = text.replacingOccurrences(of: "-", with: "+")
      .replacingOccurrences(of: "_", with: "/")
    return bytes(plain + String(repeating: "=", count: (4 - plain.count % 4) % 4))
  }
}
