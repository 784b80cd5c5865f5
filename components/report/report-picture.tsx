import type { PictureText } from '@/lib/report/schema';

const ink = '#1F2421';
const muted = '#57534A';
const field = '#1A5034';

/** A report on one screen of a phone, to be sent on: whose, of when, its few telling figures. Drawn as a picture, so styles stand in it. */
export function ReportPicture({ words }: { words: PictureText }) {
  return (
    <div
      style={{
        display: 'flex',
        flexDirection: 'column',
        width: '100%',
        height: '100%',
        background: '#FBF7F0',
        color: ink,
        fontFamily: 'Be Vietnam Pro',
      }}
    >
      <div
        style={{
          display: 'flex',
          flexDirection: 'column',
          flexShrink: 0,
          background: field,
          color: '#FFFFFF',
          padding: '44px 64px 40px',
        }}
      >
        <div style={{ display: 'flex', fontSize: 30 }}>{words.above}</div>
        <div style={{ display: 'flex', fontSize: 60, fontWeight: 700, lineHeight: 1.15, marginTop: 6 }}>
          {words.place}
        </div>
        <div style={{ display: 'flex', fontSize: 36, marginTop: 18, lineHeight: 1.3 }}>{words.title}</div>
        <div style={{ display: 'flex', fontSize: 30, marginTop: 6 }}>{words.days}</div>
      </div>
      {/* Takes what head and foot leave and never more: the foot says whether the figures stand. */}
      <div
        style={{
          display: 'flex',
          flexDirection: 'column',
          flexGrow: 1,
          flexShrink: 1,
          flexBasis: 0,
          overflow: 'hidden',
          padding: '28px 64px 0',
          gap: 16,
        }}
      >
        {words.figures.length === 0 ? (
          <div style={{ display: 'flex', fontSize: 38 }}>{words.none}</div>
        ) : (
          words.figures.map(({ name, value, more }) => (
            <div
              key={name}
              style={{
                display: 'flex',
                alignItems: 'center',
                justifyContent: 'space-between',
                gap: 36,
                background: '#FFFFFF',
                border: '2px solid #E4DCCB',
                borderRadius: 20,
                padding: '12px 32px',
                minHeight: 120,
              }}
            >
              <div style={{ display: 'flex', fontSize: 30, lineHeight: 1.25, flexBasis: 0, flexGrow: 1 }}>{name}</div>
              <div style={{ display: 'flex', flexDirection: 'column', alignItems: 'flex-end' }}>
                <div style={{ display: 'flex', fontSize: 56, fontWeight: 700, color: field, lineHeight: 1.1 }}>
                  {value}
                </div>
                {more === '' ? null : <div style={{ display: 'flex', fontSize: 28, color: muted }}>{more}</div>}
              </div>
            </div>
          ))
        )}
      </div>
      <div
        style={{
          display: 'flex',
          justifyContent: 'space-between',
          alignItems: 'flex-end',
          flexShrink: 0,
          gap: 40,
          padding: '24px 64px 40px',
          fontSize: 26,
          color: muted,
        }}
      >
        <div style={{ display: 'flex', flexBasis: 0, flexGrow: 1, lineHeight: 1.4 }}>{words.foot}</div>
        <div style={{ display: 'flex', fontWeight: 700, color: field, fontSize: 32 }}>{words.portal}</div>
      </div>
    </div>
  );
}
