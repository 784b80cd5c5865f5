import type { OfficialPaper, PaperFigure } from '@/lib/report/schema';
import './report-paper.css';

function Figures({ figures }: { figures: readonly PaperFigure[] }) {
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">STT</th>
          <th scope="col">Chỉ số</th>
          <th scope="col">Kết quả</th>
          <th scope="col">Nguồn, ngày số liệu</th>
        </tr>
      </thead>
      <tbody>
        {figures.map(({ number, code, name, value, note }) => (
          <tr key={code} data-code={code}>
            <td className="count">{number}</td>
            <th scope="row">{name}</th>
            <td className="value">{value}</td>
            <td>{note}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A report as the official paper it is signed as; always Vietnamese. The frame scrolls on a narrow screen, never the page. */
export function ReportPaper({ paper, label }: { paper: OfficialPaper; label: string }) {
  const { signer } = paper;
  return (
    <div role="region" tabIndex={0} aria-label={label} className="report-paper-frame scroll-frame">
      <article lang="vi" className="report-paper">
        <div className="report-paper-head">
          <div>
            {paper.agencyAbove.map((line) => (
              <p key={line}>{line}</p>
            ))}
            {paper.agency.map((line) => (
              <p key={line}>
                <b>{line}</b>
              </p>
            ))}
            <div className="rule" />
            <p className="number">{paper.number}</p>
            {paper.draft ? (
              <p>
                <b>DỰ THẢO</b>
              </p>
            ) : null}
          </div>
          <div>
            <p>
              <b>{paper.nation}</b>
            </p>
            <p className="motto">
              <b>{paper.motto}</b>
            </p>
            <div className="rule rule-wide" />
            <p className="place">{paper.placeAndDate}</p>
          </div>
        </div>
        <div className="report-paper-title">
          <h2>{paper.title}</h2>
          {paper.abstract.map((line) => (
            <p key={line}>{line}</p>
          ))}
          <div className="rule" />
        </div>
        {paper.sections.map(({ heading, paragraphs, figures }) => (
          <section key={heading}>
            <h3>{heading}</h3>
            {paragraphs.map((text, at) => (
              <p key={`${at}-${text}`} className="body">
                {text}
              </p>
            ))}
            {figures ? <Figures figures={figures} /> : null}
          </section>
        ))}
        <p className="foot">{paper.foot}</p>
        <div className="report-paper-end">
          <div className="recipients">
            <p>
              <b>Nơi nhận:</b>
            </p>
            {paper.recipients.map((line) => (
              <p key={line}>- {line}</p>
            ))}
          </div>
          <div className="signer">
            {signer.forWhom ? <p>{signer.forWhom}</p> : null}
            <p>{signer.office}</p>
            <p className="name">{signer.name}</p>
          </div>
        </div>
      </article>
    </div>
  );
}
