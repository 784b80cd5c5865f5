/** Where the portal is reached, without a slash at the end: for what leaves it (calendars, posters, messages). */
export function portalOrigin(): string {
  return new URL(process.env.PORTAL_URL || 'http://localhost').origin;
}
