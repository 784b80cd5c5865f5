// A sender that will be killed: it sends what is due, over and over, by a clock that runs beside the real one.
import { httpChannel } from '../../lib/message/channels';
import { sendDue } from '../../lib/message/worker';

const { GATEWAY_URL: url = '', GATEWAY_DEDUPES: dedupes, GATEWAY_PATIENCE: patience, CLOCK_AHEAD: ahead } = process.env;
const channels = { sms: httpChannel({ url, dedupes: dedupes === '1', patience: Number(patience) }) };
const now = () => new Date(Date.now() + Number(ahead));

for (;;) {
  const taken = await sendDue(channels, now);
  process.send?.(taken);
  if (taken === 0) await new Promise((resolve) => setTimeout(resolve, 20));
}
