/** Runs once in each server process before it serves. Apart from Node there is nothing to check. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { refuseToServeUnsafely } = await import('@/lib/access/boot');
  await refuseToServeUnsafely();
  const { keepFiguresFresh } = await import('@/lib/figure/commands');
  if (process.env.FIGURES !== '0') keepFiguresFresh();
  const { keepPlacesFair } = await import('@/lib/enrolment/commands');
  keepPlacesFair();
  const { keepJobsRunning } = await import('@/lib/job/worker');
  const { importHandlers } = await import('@/lib/import/jobs');
  const { exportHandlers } = await import('@/lib/export/jobs');
  const { figureHandlers } = await import('@/lib/figure/jobs');
  // Counting everything again takes minutes where there is much: lists do not wait for it.
  keepJobsRunning({ ...importHandlers, ...exportHandlers }, figureHandlers);
  const { keepClassesClosed } = await import('@/lib/completion/commands');
  if (process.env.CLOSE_CLASSES !== '0') keepClassesClosed();
  const { keepMessagesGoing } = await import('@/lib/message/worker');
  if (process.env.MESSAGES !== '0') keepMessagesGoing();
  const { keepMergesForgotten } = await import('@/lib/pair/commands');
  keepMergesForgotten();
  const { keepRequestsForgotten } = await import('@/lib/visit/commands');
  keepRequestsForgotten();
  const { keepHelpersForgotten } = await import('@/lib/team/commands');
  keepHelpersForgotten();
  const { keepHashesKeyed } = await import('@/lib/register/keyed');
  keepHashesKeyed();
  const { keepSigningKey } = await import('@/lib/certificate/commands');
  await keepSigningKey();
}
