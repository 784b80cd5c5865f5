/** The portal's address as one types it: "camtay.example.vn". */
export const portalAddress = () => new URL(process.env.PORTAL_URL || 'http://localhost').host;
