import { describe, expect, it } from 'vitest';
import { countedAddress, networkOf } from '@/lib/kernel/network';

describe('an address', () => {
  it('counts as its /64, however it is written; one of IPv4 as itself', () => {
    expect(countedAddress('2001:db8::1')).toBe('2001:db8:0:0::');
    expect(countedAddress('2001:0DB8:7:1:ffff::1')).toBe('2001:db8:7:1::');
    expect(countedAddress('2001:db8:7:1:1:2:3:4')).toBe('2001:db8:7:1::');
    expect(countedAddress('2001:db8:7:2::1')).not.toBe(countedAddress('2001:db8:7:1::1'));
    expect(countedAddress('10.1.2.3')).toBe('10.1.2.3');
    expect(countedAddress('::ffff:10.1.2.3')).toBe('10.1.2.3');
  });

  it('is of a network, its /64 or /24, unless it says nothing', () => {
    expect(networkOf('203.0.113.7')).toBe(networkOf('::ffff:203.0.113.250'));
    expect(networkOf('203.0.113.7')).not.toBe(networkOf('203.0.114.7'));
    expect(networkOf('2001:db8:1:2::1')).toBe(networkOf('2001:db8:1:2:ffff::'));
    for (const nobody of ['127.0.0.1', '0.0.0.0', '::1', '::', 'unknown', '']) expect(networkOf(nobody)).toBeNull();
  });
});
