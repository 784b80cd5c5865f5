import type { SeedTx } from './connection';

/** Plain words for a class (Law 91/2025/QH15): what, what for, who sees it, how long, how to withdraw. */
const classConsent = {
  purpose: 'class',
  version: 1,
  vi: `Lớp xin phép giữ vài thông tin của cô bác để lo việc học cho chu đáo.

Giữ gì: họ tên, số điện thoại (nếu có), thôn hoặc tổ dân phố, năm sinh (nếu cô bác cho biết), những buổi cô bác đến lớp, việc cô bác đã tự làm được trên điện thoại, và những thứ cần có trước khi học (điện thoại, SIM, sóng, thẻ căn cước, VNeID, tài khoản trả tiền): đã có hay chưa, không ghi số nào.

Để làm gì: để xếp lớp, để người phụ trách gọi báo khi lớp đổi giờ hay đổi chỗ, để biết nên chỉ thêm việc gì, còn thiếu thứ gì thì giúp, và để đếm xem bao nhiêu người đã học. Khi đếm thì không nêu tên ai.

Ai xem được: chỉ những người phụ trách và dạy lớp cô bác học, người tổ chức lớp và cán bộ một cửa ở xã, phường mình; số điện thoại đầy đủ thì chỉ người tổ chức và dạy lớp ở nơi cô bác học thấy. Ai mở hồ sơ của cô bác đều được ghi lại. Không bán, không dùng để quảng cáo; đưa cho xã, phường khác thì chỉ khi cô bác đồng ý riêng.

Giữ bao lâu: khi còn cần để lo việc học. Hiện cổng chưa tự xóa sau một thời hạn; cô bác xin xóa lúc nào cũng được.

Đổi ý thì sao: lúc nào cũng được. Cô bác nói với người phụ trách lớp, hoặc ra Ủy ban nhân dân xã, phường, để xin xem, sửa, xóa hay rút lại. Rút lại rồi vẫn được giúp như mọi người.

Không ai trong lớp hỏi mật khẩu, mã OTP, số dư hay ảnh căn cước của cô bác.

Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.`,
  en: `We ask to keep a few details, so that the class can be run well.

What we keep: your name, your phone number (if you have one), your village or residential group, your year of birth (if you tell us), which meetings you came to, what you can do on the phone by yourself, and what one needs before learning (a phone, a SIM, signal, an ID card, VNeID, an account to pay with): whether you have it, never a number.

What for: to give you a place, so that whoever runs the class can call you when the time or place changes, to know what to practise next and what to help with, and to count how many people have learnt. Counts never carry names.

Who sees it: only those who run and teach the classes you go to, and the organisers and the one-stop desk of your commune or ward; your full phone number only those who organise and teach classes where you learn. Whoever opens your record is written down. It is not sold and not used for advertising; it is passed to another commune or ward only if you agree to that apart.

How long: as long as it is needed to run the classes. The portal does not yet erase anything by itself after a set time; you may ask for it to be erased at any time.

If you change your mind: any time. Tell whoever runs the class, or go to the People's Committee of your commune or ward, and ask to see, correct or erase your details or to withdraw. You will still be helped like everybody else.

Nobody in class asks for your password, an OTP, your balance or a picture of your identity card.

Under the Law on Personal Data Protection No. 91/2025/QH15.`,
};

/** Sensitive, so asked apart: only for a place in a class that keeps some. */
const needConsent = {
  purpose: 'need',
  version: 1,
  vi: `Lớp này để dành vài chỗ cho người khuyết tật, hoặc cho người của hộ nghèo. Cô bác muốn được xếp vào chỗ để dành thì cho lớp xin ghi lại điều đó.

Giữ gì: chỉ một dòng, là cô bác thuộc diện được để dành chỗ. Không giữ giấy tờ, không hỏi tình trạng sức khỏe hay thu nhập.

Để làm gì: chỉ để máy xếp chỗ. Không ai mở ra xem được, kể cả người tổ chức lớp; chỉ đếm được có bao nhiêu chỗ để dành đã có người.

Đổi ý thì sao: lúc nào cũng được. Cô bác nói với người phụ trách lớp hoặc ra Ủy ban nhân dân xã, phường để xin xóa. Không đồng ý vẫn được đăng ký học như mọi người.

Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.`,
  en: `This class keeps some places for people with a disability, or for people of poor households. To be given one of them, let the class note that.

What we keep: one line only, that you are one of those the places are kept for. No papers, nothing about your health or income.

What for: only for giving out the places. Nobody can open it, not even whoever runs the class; only how many of the kept places are taken can be counted.

If you change your mind: any time. Tell whoever runs the class, or go to the People's Committee of your commune or ward, and ask to have it erased. If you do not agree you can still sign up like everybody else.

Under the Law on Personal Data Protection No. 91/2025/QH15.`,
};

/** The same for who asks for a class and leaves a name or a phone. */
const askConsent = {
  purpose: 'ask',
  version: 1,
  vi: `Cô bác không ghi tên, không để số điện thoại thì vẫn gửi được. Nếu có ghi, chúng tôi xin phép giữ.

Giữ gì: họ tên và số điện thoại cô bác ghi ở đây, thôn hoặc xã, việc cô bác muốn học.

Để làm gì: để người tổ chức lớp ở xã, phường mình gọi lại báo khi có lớp. Không dùng vào việc khác.

Ai xem được: chỉ người tổ chức lớp ở xã, phường đó. Người khác chỉ thấy có bao nhiêu người xin học, không thấy tên.

Giữ bao lâu: cho đến khi lời xin này được trả lời xong. Lúc đó tên và số điện thoại bị xóa, chỉ còn con số.

Đổi ý thì sao: lúc nào cũng được. Cô bác nói với người tổ chức lớp hoặc Ủy ban nhân dân xã, phường để xin xem, sửa hay xóa.

Không ai hỏi mật khẩu, mã OTP, số dư hay ảnh căn cước của cô bác.

Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.`,
  en: `You can send this without a name or a phone number. If you leave them, we ask to keep them.

What we keep: the name and phone number you write here, your village or commune, and what you want to learn.

What for: so that whoever organises classes in your commune or ward can call you when there is one. For nothing else.

Who sees it: only those who organise classes in that commune or ward. Others see how many people ask, never who.

How long: until what you asked for has been answered. Then your name and number are erased and only the count stays.

If you change your mind: any time. Tell the organiser or the People's Committee of your commune or ward, and ask to see, correct or erase them.

Nobody asks for your password, an OTP, your balance or a picture of your identity card.

Under the Law on Personal Data Protection No. 91/2025/QH15.`,
};

/** Plain words for the equality questions: counting only, gone when withdrawn. */
const equalityConsent = {
  purpose: 'equality',
  version: 1,
  vi: `Sau khi ghi tên, chúng tôi hỏi thêm vài câu: có phải người dân tộc thiểu số không, có khuyết tật không, có thuộc hộ nghèo hoặc cận nghèo không. Trả lời hay không là tùy cô bác, và không thay đổi chỗ học.

Giữ gì: chỉ chữ "có" hoặc "không" cho từng câu cô bác trả lời. Không giữ tên dân tộc, không giấy tờ, không thông tin về bệnh hay thu nhập.

Để làm gì: chỉ để đếm, xem lớp học đã đến được với mọi người chưa. Số đếm được nhỏ quá thì không nêu ra.

Ai xem được: không ai mở được câu trả lời của riêng cô bác, kể cả người tổ chức lớp và người quản trị; chỉ xem được con số chung.

Đổi ý thì sao: lúc nào cũng được. Cô bác mở trang này bằng mã trên phiếu, bấm "Rút lại và xóa câu trả lời"; các câu trả lời được xóa ngay.

Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.`,
  en: `After you have signed up we ask a few more questions: whether you belong to an ethnic minority, have a disability, or live in a household counted as poor or near-poor. Whether you answer is up to you, and changes nothing about your place.

What we keep: only "yes" or "no" for each question you answer. Not which ethnic group, no papers, nothing about illness or income.

What for: only for counting, to see whether classes reach everybody. Counts that are too small are not told.

Who sees it: nobody can open your own answers, not even whoever runs the class or the administrators; only the total counts can be seen.

If you change your mind: any time. Open this page with the code on your slip and press "Withdraw and delete my answers"; they are deleted at once.

Under the Law on Personal Data Protection No. 91/2025/QH15.`,
};

/** Being written to is asked apart from being on a class's list: the number goes through whoever carries the message. */
const messageConsent = {
  purpose: 'message',
  version: 1,
  vi: `Nếu cô bác muốn, cổng nhắn tin báo cho cô bác về lớp mình học. Không muốn thì thôi: người phụ trách lớp vẫn gọi báo như thường.

Nhắn gì: nhắc trước buổi học, báo lớp có chỗ, báo đổi giờ, đổi chỗ hay nghỉ. Không quảng cáo. Không bao giờ có đường dẫn, không bao giờ hỏi mã, mật khẩu hay tiền.

Giữ gì: cô bác chọn Zalo, tin nhắn hay thư điện tử; địa chỉ thư nếu cô bác cho. Lời nhắn được giữ 90 ngày để biết đã báo hay chưa.

Qua tay ai: số điện thoại và lời nhắn đi qua nhà mạng, qua Zalo, hoặc qua máy chủ thư của tỉnh, chỉ để chuyển đến cô bác. Không nhắn từ 9 giờ tối đến 7 giờ sáng.

Ai xem được: người phụ trách và dạy lớp cô bác học.

Đổi ý thì sao: lúc nào cũng được. Cô bác nói với người phụ trách lớp là thôi nhắn. Thôi nhắn rồi vẫn học như mọi người.

Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.`,
  en: `If you like, the portal sends you messages about the classes you go to. If not, that is fine: whoever runs the class calls you as before.

What is sent: a reminder before a meeting, that there is a place for you, that the time or place changed, that a meeting is off. No advertising. Never a link, and never a question for a code, a password or money.

What we keep: whether you chose Zalo, text messages or e-mail; the e-mail address if you give one. What was said is kept for 90 days, to know whether you were told.

Through whose hands: your phone number and the message go through the telephone company, Zalo, or the province's mail server, only to reach you. Nothing is sent between 9 in the evening and 7 in the morning.

Who sees it: those who run and teach the classes you go to.

If you change your mind: any time. Tell whoever runs the class to stop. You can still come to class like everybody else.

Under the Law on Personal Data Protection No. 91/2025/QH15.`,
};

/** The second version names visits at home: who agreed to the first is written to of classes alone. */
const messageOfVisitsConsent = {
  ...messageConsent,
  version: 2,
  from: '2026-11-30 00:00+07',
  vi: messageConsent.vi
    .replace('về lớp mình học. Không', 'về lớp mình học, và về hẹn có người đến nhà. Không')
    .replace(
      'đổi chỗ hay nghỉ. Không',
      'đổi chỗ hay nghỉ; ngày nào có người đến nhà, số để hỏi họ, và khi không ai đến nữa. Tin về hẹn đến nhà không nói tên cô bác hay cô bác nhờ việc gì. Không',
    )
    .replace(
      'Ai xem được: người phụ trách và dạy lớp cô bác học.',
      'Ai xem được: người phụ trách và dạy lớp cô bác học, người xếp chuyến đến nhà.',
    )
    .replace(
      'Cô bác nói với người phụ trách lớp là thôi nhắn.',
      'Cô bác nói với người phụ trách lớp là thôi nhắn, hoặc tự bớt trên thẻ học.',
    ),
  en: messageConsent.en
    .replace('about the classes you go to. If', 'about the classes you go to, and about visits at home. If')
    .replace(
      'that a meeting is off. No',
      'that a meeting is off; on which day somebody comes to your home, the number to ask them for, and when nobody comes after all. Messages about visits name neither you nor what you asked for. No',
    )
    .replace(
      'those who run and teach the classes you go to.',
      'those who run and teach the classes you go to, and whoever plans visits.',
    )
    .replace(
      'Tell whoever runs the class to stop.',
      'Tell whoever runs the class to stop, or take some away yourself on your card.',
    ),
};

/** Being handed to another unit is asked apart: somebody who does not know them reads the record. */
const referConsent = {
  purpose: 'refer',
  version: 1,
  vi: `Cô bác đi làm, đi học hay về ở nơi khác thì xã, phường mình có thể giới thiệu cô bác sang nơi ấy, để ở đó có người tiếp tục giúp. Không muốn thì thôi, cô bác vẫn học ở đây như thường.

Đưa gì cho nơi ấy: họ tên, năm sinh, việc cô bác nhờ; số điện thoại chỉ khi cô bác đồng ý. Khi phiếu còn hiệu lực, người tổ chức lớp ở nơi ấy xem được cô bác đã học lớp nào, đi được mấy buổi, làm được việc gì. Họ chỉ xem, không sửa. Mỗi lần xem đều được ghi lại, cô bác đọc được trên thẻ học.

Không đưa gì: bệnh tật, khuyết tật, dân tộc, hộ nghèo, người trong nhà.

Bao lâu: 30 ngày chờ nơi ấy trả lời; nhận lời thì thêm 90 ngày. Hết hạn, bị trả lại hay rút về thì nơi ấy không xem được nữa.

Đổi ý thì sao: lúc nào cũng được. Cô bác nói với người phụ trách, hoặc mở thẻ học, vào mục "Ai đã xem thông tin của tôi", bấm "Thôi, không cho xem nữa".

Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.`,
  en: `When you go to work, to study or to live elsewhere, your commune or ward can refer you to that place, so that somebody there goes on helping you. If you do not want that, you go on learning here as before.

What that place is given: your name, year of birth and what you ask for; your phone number only if you agree. While the referral stands, those who organise classes there can read which classes you took, how often you came and what you can do. They only read. Each look is written down, and you can read it on your card.

What it is not given: illness, disability, ethnicity, poverty, who you live with.

How long: 30 days for that place to answer; 90 more once it has taken you on. When it has run out, was sent back or taken back, that place reads nothing any more.

If you change your mind: any time. Tell whoever is in charge, or open your card at "Who has seen my details" and press "Stop, let them read no more".

Under the Law on Personal Data Protection No. 91/2025/QH15.`,
};

/** Somebody comes to one's home: asked for by oneself or by a relative, who says that the other agrees. `kept`: how long, in both languages. */
const visitWords = (kept: { vi: string; en: string }) => ({
  purpose: 'visit',
  vi: `Để có người đến nhà giúp, cổng cần giữ vài điều về người cần giúp.

Giữ gì: họ tên, năm sinh hoặc tuổi, thôn, bản; số điện thoại nếu có; cần giúp việc gì, lúc nào ở nhà và vài lời dặn. Không hỏi số giấy tờ, bệnh tật, hoàn cảnh.

Để làm gì: xếp ngày, gọi trước và tìm đúng nhà.

Ai xem được: người tổ chức ở xã, phường và hai người đến nhà. Không ai khác.

Giữ bao lâu: xong việc 30 ngày thì xóa tên, năm sinh, số điện thoại và lời dặn. ${kept.vi}Rút lời nhờ thì xóa ngay.

Nhờ cho người khác thì hỏi người đó trước. Người đó đổi ý lúc nào cũng được: gõ số phiếu ở trang này để rút, hoặc nói với người đến nhà.

Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.`,
  en: `For somebody to come and help at home, the portal keeps a few things about the person who needs help.

What: the name, year of birth or age, village; a phone number if there is one; what help is wanted, when somebody is at home and a short note. No document numbers, illnesses or circumstances.

What for: to plan a day, ring first and find the right house.

Who sees it: the organisers of the commune or ward and the two people who come. Nobody else.

How long: 30 days after it is settled the name, year of birth, phone number and note are deleted. ${kept.en}Taken back, they are deleted at once.

If you ask for somebody else, ask them first. They may change their mind any time: type the number of the slip here to take it back, or tell whoever comes.

Under the Law on Personal Data Protection No. 91/2025/QH15.`,
});
const visitConsents = [
  { ...visitWords({ vi: '', en: '' }), version: 1 },
  {
    ...visitWords({
      vi: 'Chưa ai đến được thì 90 ngày sau lúc nhờ, hoặc sau lần tìm đến gần nhất, cũng xóa; còn cần thì nhờ lại. ',
      en: 'If nobody could come, they are deleted 90 days after you asked or somebody last tried; ask again if you still need help. ',
    }),
    version: 2,
    from: '2026-11-30 00:00+07',
  },
];

/** Adds the words people agree to. A version that is there is never changed: people agreed to just those words. */
export async function loadConsentTexts(tx: SeedTx): Promise<void> {
  const texts: { purpose: string; version: number; vi: string; en: string; from?: string }[] = [
    classConsent,
    needConsent,
    askConsent,
    equalityConsent,
    messageConsent,
    messageOfVisitsConsent,
    referConsent,
    ...visitConsents,
  ];
  for (const { purpose, version, vi, en, from = '2025-07-01 00:00+07' } of texts)
    await tx`insert into consent_text (purpose, version, body_vi, body_en, used_from)
             values (${purpose}, ${version}, ${vi}, ${en}, ${from}) on conflict do nothing`;
}
