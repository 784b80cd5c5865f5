/** Runs once in each server process before it serves. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { checkBeforeServing } = await import('@/lib/access/boot');
  try {
    await checkBeforeServing();
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n\n`);
    process.exit(1);
  }
  const { keepFiguresFresh } = await import('@/lib/figure/commands');
  keepFiguresFresh();
}
