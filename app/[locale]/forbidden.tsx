import { PublicFrame } from '@/components/layout/public-frame';
import { ForbiddenPage } from '@/components/layout/trouble-pages';

/** Outside the staff's frame: a public page that asked for more than its reader may. */
export default function Forbidden() {
  return (
    <PublicFrame demo={process.env.DEMO === '1'}>
      <ForbiddenPage />
    </PublicFrame>
  );
}
