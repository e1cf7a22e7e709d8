/// Numbers from curl/curl.h (CURLoption) and curl/multi.h (CURLMoption); their meaning is in
/// curl_easy_setopt(3) and curl_multi_setopt(3). They never change.
enum CurlOption {
  static let writeData: Int32 = 10_001
  static let url: Int32 = 10_002
  static let proxy: Int32 = 10_004
  static let readData: Int32 = 10_009
  static let errorBuffer: Int32 = 10_010
  static let lowSpeedLimit: Int32 = 19
  static let lowSpeedTime: Int32 = 20
  static let httpHeader: Int32 = 10_023
  static let headerData: Int32 = 10_029
  static let sslVersion: Int32 = 32
  static let customRequest: Int32 = 10_036
  static let noBody: Int32 = 44
  static let upload: Int32 = 46
  static let post: Int32 = 47
  static let followLocation: Int32 = 52
  static let caInfo: Int32 = 10_065
  static let freshConnection: Int32 = 74
  static let forbidReuse: Int32 = 75
  static let httpGet: Int32 = 80
  static let httpVersion: Int32 = 84
  static let caPath: Int32 = 10_097
  static let noSignal: Int32 = 99
  static let serverResponseSeconds: Int32 = 112
  static let useTLS: Int32 = 119
  static let timeoutMillis: Int32 = 155
  static let connectTimeoutMillis: Int32 = 156
  static let copyPostFields: Int32 = 10_165
  static let userName: Int32 = 10_173
  static let password: Int32 = 10_174
  static let noProxy: Int32 = 10_177
  static let mailFrom: Int32 = 10_186
  static let mailRecipients: Int32 = 10_187
  /// CURLOPT_MAIL_RCPT_ALLOWFAILS (curl/curl.h; since 7.69.0): a refused RCPT ends nothing while another
  /// was taken.
  static let mailRecipientsMayFail: Int32 = 290
  static let pathAsIs: Int32 = 234
  static let suppressConnectHeaders: Int32 = 265
  static let protocols: Int32 = 10_318
  static let writeFunction: Int32 = 20_011
  static let readFunction: Int32 = 20_012
  static let headerFunction: Int32 = 20_079
  static let uploadSize: Int32 = 30_115
  static let maxFileSize: Int32 = 30_117
  static let postFieldSize: Int32 = 30_120

  static let multiMaxConnects: Int32 = 6
  static let multiMaxHostConnections: Int32 = 7
  static let multiMaxTotalConnections: Int32 = 13

  /// CURL_SSLVERSION_TLSv1_2: this or later.
  static let tls12 = 6
  /// CURLUSESSL_ALL: TLS, or nothing is sent.
  static let tlsRequired = 3
  /// CURL_HTTP_VERSION_1_1
  static let http11 = 2
}
