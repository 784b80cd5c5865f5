import { isIPv4 } from 'node:net';

/**
 * An address as limits count it: one home or office of IPv6 holds 2^64 of them, which count as one (its /64). IPv4 counts as it is,
 * also where it is written as IPv6.
 */
export function countedAddress(address: string): string {
  const mapped = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!mapped.includes(':')) return mapped;
  const [head = '', tail = ''] = mapped.toLowerCase().split('::');
  const groups = head.split(':').filter(Boolean);
  const rest = tail.split(':').filter(Boolean);
  const all = mapped.includes('::')
    ? [...groups, ...Array<string>(Math.max(0, 8 - groups.length - rest.length)).fill('0'), ...rest]
    : groups;
  return `${all
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::`;
}

/** The network an address is of: its /64, or the /24 of IPv4. Null where the address says nothing: this machine, or none given. */
export function networkOf(address: string): string | null {
  const counted = countedAddress(address);
  if (isIPv4(counted)) return /^(127|0)\./.test(counted) ? null : counted.split('.').slice(0, 3).join('.');
  return counted.includes(':') && counted !== '0:0:0:0::' ? counted : null;
}
