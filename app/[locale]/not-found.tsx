import { PublicFrame } from '@/components/layout/public-frame';
import { NotFoundPage } from '@/components/layout/trouble-pages';

/** Reached only when a layout below refused, so it brings the frame itself. */
export default function NotFound() {
  return (
    <PublicFrame demo={process.env.DEMO === '1'}>
      <NotFoundPage />
    </PublicFrame>
  );
}
