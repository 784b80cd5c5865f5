/** Text in both languages. */
type Words = readonly [vi: string, en: string];

export interface CourseOutline {
  /** Its lasting name; the ids come from it. */
  key: string;
  title: Words;
  summary: Words;
  bring: Words;
  /** Each lesson: what it is called and the skills of the catalogue it teaches. */
  lessons: readonly { title: Words; skills: readonly string[] }[];
}

const lesson = (vi: string, en: string, ...skills: string[]): { title: Words; skills: string[] } => ({
  title: [vi, en],
  skills,
});

const phoneAndCharger: Words = [
  'Điện thoại (mượn của con cháu cũng được), dây sạc, kính lão nếu có.',
  'A phone (a borrowed one is fine), its charger, and your reading glasses.',
];
const phoneAndCard: Words = [
  'Điện thoại có SIM của mình, thẻ căn cước gắn chip, kính lão nếu có. Mật khẩu thì tự nhớ, không đọc cho ai.',
  'Your phone with your own SIM, your chip identity card, and your reading glasses. Keep your passcode to yourself.',
];

/** What the last meeting of the core course goes over again, so that nobody who missed one is left behind. */
const reviewed = ['A1', 'A3', 'A4', 'B1', 'C1', 'C2', 'C3', 'D1', 'D3', 'E2', 'F1', 'F2'];

/** The province's courses: any unit may hold a class of them. */
export const provinceCourses: readonly CourseOutline[] = [
  {
    key: 'first-steps',
    title: ['Làm quen điện thoại thông minh', 'First steps with a smartphone'],
    summary: [
      'Chưa dùng bao giờ cũng học được. Tập mở khóa, chỉnh chữ to, vào mạng, cài ứng dụng cho đúng. Ai chậm thì làm lại, có người ngồi bên.',
      'For those who have never used one. Unlock it, make the text larger, go online, install the right app. Take your time: somebody sits beside you.',
    ],
    bring: phoneAndCharger,
    lessons: [
      lesson('Mở máy, khóa máy, chỉnh chữ to', 'Turn it on, lock it, make the text larger', 'A1', 'A2'),
      lesson('Vào mạng, hỏi bằng giọng nói', 'Go online and search by voice', 'A3', 'G1'),
      lesson('Cài đúng ứng dụng', 'Install the right app', 'A4'),
      lesson('Máy trục trặc thì làm gì', 'When the phone misbehaves', 'A5', 'A1'),
    ],
  },
  {
    key: 'zalo',
    title: ['Gọi hình và nhắn tin Zalo', 'Video calls and messages on Zalo'],
    summary: [
      'Gọi nhìn thấy mặt con cháu ở xa, nhắn tin, gửi ảnh cho nhóm thôn mình. Học xong gọi được ngay tại lớp.',
      'See your family far away, send a message and a photo to the village group. You make your first call in class.',
    ],
    bring: phoneAndCharger,
    lessons: [
      lesson('Gọi thoại, gọi hình', 'Voice and video calls', 'B1', 'A3'),
      lesson('Nhắn tin, gửi ảnh vào nhóm', 'Messages and photos to the group', 'B2', 'H1'),
      lesson('Quét mã QR cho chắc', 'Scanning a QR code with care', 'B3', 'F2'),
    ],
  },
  {
    key: 'vneid',
    title: ['VNeID và giấy tờ điện tử', 'VNeID and electronic papers'],
    summary: [
      'Đi khám bệnh, làm giấy tờ chỉ cần mở điện thoại. Tập vào VNeID, mở thẻ căn cước và thẻ bảo hiểm y tế, và giữ mật khẩu cho riêng mình.',
      'Show your papers on your phone. Log in to VNeID, open your e-ID and health-insurance card, and keep your passcode to yourself.',
    ],
    bring: phoneAndCard,
    lessons: [
      lesson('VNeID là gì, giữ mật khẩu thế nào', 'What VNeID is and how to guard its passcode', 'C1', 'F1'),
      lesson('Tự đăng nhập VNeID', 'Log in to VNeID by yourself', 'C2'),
      lesson('Mở thẻ căn cước, thẻ bảo hiểm y tế', 'Show your e-ID and health-insurance card', 'C3'),
      lesson('Thêm giấy tờ, đổi mật khẩu, chữ ký số', 'Add a paper, change the passcode, sign digitally', 'C4', 'C5'),
    ],
  },
  {
    key: 'public-services',
    title: ['Dịch vụ công trực tuyến', 'Public services online'],
    summary: [
      'Nộp hồ sơ ở nhà, khỏi đi lại nhiều lần. Tập vào Cổng Dịch vụ công, tìm đúng thủ tục, nộp một hồ sơ và xem hồ sơ tới đâu rồi.',
      'Apply from home instead of travelling. Log in to the portal, find the right procedure, send one application and see how far it is.',
    ],
    bring: phoneAndCard,
    lessons: [
      lesson('Vào Cổng Dịch vụ công bằng VNeID', 'Log in to the portal with VNeID', 'D1', 'C2'),
      lesson('Tìm đúng thủ tục, chụp giấy tờ cho rõ', 'Find the procedure, photograph papers clearly', 'D2', 'H1'),
      lesson('Nộp một hồ sơ', 'Send one application', 'D3'),
      lesson(
        'Xem hồ sơ tới đâu, tra bảo hiểm, gửi phản ánh',
        'Track it, look up insurance, send feedback',
        'D4',
        'D5',
        'B4',
      ),
    ],
  },
  {
    key: 'payment',
    title: ['Thanh toán không tiền mặt, an toàn', 'Paying without cash, safely'],
    summary: [
      'Trả tiền điện, tiền nước, đi chợ bằng mã QR mà không lo nhầm. Tập trên bản mô phỏng trước, không ai hỏi số dư hay mật khẩu.',
      'Pay bills and at the market by QR without mistakes. We practise on a mock-up first; nobody asks for balances or passwords.',
    ],
    bring: phoneAndCharger,
    lessons: [
      lesson('Biết tài khoản của mình, khóa cho chắc', 'Know your account and lock it well', 'E1', 'F4'),
      lesson('Quét QR, xem đúng tên người nhận', 'Scan a QR code and check the name', 'E2', 'B3'),
      lesson('Trả tiền điện nước, nhận trợ cấp', 'Pay bills, receive social payments', 'E3', 'E4'),
      lesson('Mua hàng trên mạng, giữ mã OTP', 'Shop online, keep your OTP', 'E5', 'F1'),
    ],
  },
  {
    key: 'scams',
    title: ['Không mắc bẫy lừa đảo', 'Do not fall for scams'],
    summary: [
      'Có người gọi xưng công an, ngân hàng thì làm sao? Đóng vai thử cuộc gọi giả ngay tại lớp để lần sau gặp thật không bối rối.',
      'Somebody calls and says they are the police or the bank: what now? We act out such calls in class, so that you stay calm.',
    ],
    bring: phoneAndCharger,
    lessons: [
      lesson('Không đọc OTP cho ai, nhận ra cuộc gọi lừa', 'Never tell an OTP; spot a scam call', 'F1', 'F2'),
      lesson('Lỡ bị lừa thì gọi ai, tin nào là tin giả', 'Whom to call when scammed; false news', 'F3', 'F4', 'F5'),
    ],
  },
  {
    key: 'health-weather',
    title: ['Xem bão lũ, đặt lịch khám, tự học thêm', 'Storm warnings, doctor’s visits, learning on'],
    summary: [
      'Mưa lũ biết trước để lo, đau ốm đặt lịch khỏi chờ. Tập hỏi bằng giọng nói, không cần gõ nhiều.',
      'Know of floods in time, book a doctor without queueing. Ask by voice: little typing needed.',
    ],
    bring: phoneAndCharger,
    lessons: [
      lesson('Xem cảnh báo mưa lũ, bão', 'See flood and storm warnings', 'G2', 'G1'),
      lesson('Đặt lịch khám, xem thẻ bảo hiểm', 'Book a visit, look up insurance', 'G3', 'D5'),
      lesson('Tin nào đáng tin, tự học thêm ở nhà', 'Which news to trust; learning on at home', 'F5', 'G4'),
    ],
  },
  {
    key: 'selling',
    title: ['Bán nông sản trên mạng, hỏi trợ lý AI', 'Selling produce online, asking an AI assistant'],
    summary: [
      'Chụp ảnh cho đẹp, đăng bán tiêu, cá, mật ong nhà mình. Tập hỏi trợ lý AI và kiểm lại cho chắc.',
      'Take good photos and offer your pepper, fish or honey. Ask an AI assistant, then check what it says.',
    ],
    bring: [
      'Điện thoại, dây sạc, một món hàng nhà làm để chụp ảnh.',
      'Your phone, its charger, and something you make or grow, to photograph.',
    ],
    lessons: [
      lesson('Chụp ảnh cho rõ', 'Take clear photos', 'H1'),
      lesson('Đăng bán một món, mua cho an toàn', 'Offer one product, buy safely', 'H3', 'E5'),
      lesson('Hỏi trợ lý AI rồi kiểm lại', 'Ask an AI assistant, then check', 'H2', 'F5'),
    ],
  },
  {
    key: 'core',
    title: ['Dùng điện thoại từ đầu (12 buổi)', 'The phone from the start (12 meetings)'],
    summary: [
      'Đi từ đầu đến cuối: điện thoại, Zalo, VNeID, dịch vụ công, trả tiền, giữ an toàn. Mỗi buổi một việc, làm được mới sang việc khác.',
      'From the beginning to the end: phone, Zalo, VNeID, public services, paying, staying safe. One thing each time.',
    ],
    bring: phoneAndCard,
    lessons: [
      lesson('Mở máy, chỉnh chữ to', 'Turn it on, make the text larger', 'A1', 'A2'),
      lesson('Vào mạng', 'Go online', 'A3'),
      lesson('Cài đúng ứng dụng', 'Install the right app', 'A4'),
      lesson('Gọi hình qua Zalo', 'Video calls on Zalo', 'B1', 'B3'),
      lesson('VNeID là gì, giữ mật khẩu', 'What VNeID is, guarding the passcode', 'C1', 'F1'),
      lesson('Tự đăng nhập VNeID', 'Log in to VNeID', 'C2'),
      lesson('Mở giấy tờ điện tử', 'Show electronic papers', 'C3'),
      lesson('Vào Cổng Dịch vụ công', 'Log in to the public service portal', 'D1', 'D2'),
      lesson('Nộp một hồ sơ', 'Send one application', 'D3'),
      lesson('Chuyển tiền, quét QR', 'Transfer money, pay by QR', 'E2'),
      lesson('Nhận ra lừa đảo', 'Recognise scams', 'F1', 'F2', 'F3'),
      lesson('Biết gọi ai, ôn lại cả bộ', 'Whom to call; going over it all', 'F3', ...reviewed),
    ],
  },
];
