import type { MetadataRoute } from 'next';

/** How the portal sits on a phone's home screen. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Cầm Tay – Bình dân học vụ số Quảng Trị',
    short_name: 'Cầm Tay',
    lang: 'vi',
    start_url: '/',
    display: 'browser',
    background_color: '#fbf7f0',
    theme_color: '#fbf7f0',
    icons: [
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
