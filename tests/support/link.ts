import net from 'node:net';

/**
 * A network between a browser and the portal that can fail: a port of its own, which hands everything through. What is cut stays cut
 * until it is mended.
 */
export interface Link {
  readonly port: number;
  /** No connection any more, those open included: the portal is not there. */
  cut(): Promise<void>;
  mend(): Promise<void>;
  /** Lets so many answers get lost: the portal has read the request and done it, nobody hears of it. */
  loseAnswers(count: number): void;
  readonly lost: number;
  close(): Promise<void>;
}

export async function openLink(target: number): Promise<Link> {
  const open = new Set<net.Socket>();
  let toLose = 0;
  let lost = 0;
  const serve = () =>
    net.createServer((near) => {
      const far = net.connect(target, 'localhost');
      for (const socket of [near, far]) {
        open.add(socket);
        socket.on('error', () => undefined);
        socket.on('close', () => {
          open.delete(socket);
          near.destroy();
          far.destroy();
        });
      }
      near.pipe(far);
      far.on('data', (chunk) => {
        if (toLose === 0) return void near.write(chunk);
        toLose -= 1;
        lost += 1;
        near.destroy();
      });
      far.on('end', () => near.end());
    });
  let server = serve();
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const cut = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
  return {
    port,
    cut,
    mend: () => {
      server = serve();
      return listen(port);
    },
    loseAnswers: (count) => (toLose = count),
    get lost() {
      return lost;
    },
    close: cut,
  };
}
