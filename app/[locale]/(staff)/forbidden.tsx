import { ForbiddenPage } from '@/components/layout/trouble-pages';

export default function StaffForbidden() {
  return <ForbiddenPage />;
}
