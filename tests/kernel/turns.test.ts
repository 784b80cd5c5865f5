import { describe, expect, it } from 'vitest';
import { turnTaking } from '@/lib/kernel/turns';

const moment = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('turns', () => {
  it('never let more than so many happen at once, nor two of one key, and forget nobody', async () => {
    const inTurn = turnTaking(3);
    const now: string[] = [];
    let most = 0;
    const done = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        inTurn(`k${n % 7}`, async () => {
          expect(now).not.toContain(`k${n % 7}`);
          now.push(`k${n % 7}`);
          most = Math.max(most, now.length);
          await moment();
          now.splice(now.indexOf(`k${n % 7}`), 1);
          return n;
        }),
      ),
    );
    expect(most).toBe(3);
    expect(done).toEqual(Array.from({ length: 200 }, (_, n) => n));
  });

  it('let one person go before the thousand of another address', async () => {
    const inTurn = turnTaking(1);
    const order: string[] = [];
    const come = (key: string) => inTurn(key, async () => void order.push(key, String(await moment())));
    await Promise.all([...Array.from({ length: 1000 }, () => come('bot')), come('person')]);
    expect(order.indexOf('person')).toBeLessThanOrEqual(4);
  });

  it('go on after work that failed', async () => {
    const inTurn = turnTaking(1);
    const failing = inTurn('a', () => Promise.reject(new Error('no')));
    const next = inTurn('a', async () => 'fine');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('fine');
  });
});
