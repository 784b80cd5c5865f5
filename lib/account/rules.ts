const browsers: readonly (readonly [RegExp, string])[] = [
  [/coc_coc_browser/i, 'Cốc Cốc'],
  [/Edg[A-Z]*\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/Android/, 'Android'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'Mac'],
  [/Linux|X11/, 'Linux'],
];

/** A device as its owner would name it, from what its browser says of itself: "Chrome · Android"; '' when it says nothing known. */
export function deviceName(userAgent: string): string {
  const first = (known: readonly (readonly [RegExp, string])[]) =>
    known.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [first(browsers), first(systems)].filter(Boolean).join(' · ');
}

/**
 * Where somebody begins who asked for no page: whoever runs classes with today's work, whoever only reads figures with the figures,
 * whoever sits at a desk and takes no registers with its log.
 */
export function firstPage(capabilities: readonly string[]): '/manage' | '/manage/desk' | '/dashboard' {
  if (capabilities.includes('desk.log') && !capabilities.includes('register.write')) return '/manage/desk';
  return capabilities.includes('figures.read') && !capabilities.includes('enrolment.write') ? '/dashboard' : '/manage';
}
