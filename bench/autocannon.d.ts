declare module 'autocannon' {
  namespace autocannon {
    interface Request {
      method?: string;
      path?: string;
      headers?: Record<string, string>;
      body?: string;
      setupRequest?: (request: Request) => Request;
    }
    interface Result {
      start: Date;
      finish: Date;
      latency: { p50: number; p99: number };
      errors: number;
      timeouts: number;
      '2xx': number;
      '3xx': number;
      '4xx': number;
      '5xx': number;
    }
  }
  function autocannon(options: {
    url: string;
    connections: number;
    duration?: number;
    amount?: number;
    timeout?: number;
    headers?: Record<string, string>;
    requests?: autocannon.Request[];
  }): Promise<autocannon.Result> & { on(event: 'response', listener: () => void): void };
  export default autocannon;
}
