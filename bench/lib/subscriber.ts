import { once } from 'node:events';
import { WebSocket } from 'ws';

interface Frame {
  readonly type: string;
  readonly payload?: { readonly data?: { readonly downloadChanged?: { readonly progress: number } } };
}

/** Follows one download over graphql-transport-ws; resolves when the server listens. */
export async function followDownload(
  { origin, token, jobId }: { readonly origin: string; readonly token: string; readonly jobId: string },
  onProgress: (progress: number) => void,
): Promise<{ close(): void }> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    headers: { authorization: `Bearer ${token}` },
  });
  const acknowledged = Promise.withResolvers<undefined>();
  socket.on('message', (data: Buffer) => {
    const { type, payload } = JSON.parse(data.toString()) as Frame;
    if (type === 'connection_ack') acknowledged.resolve(undefined);
    const progress = payload?.data?.downloadChanged?.progress;
    if (progress !== undefined) onProgress(progress);
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'connection_init' }));
  await acknowledged.promise;
  const query = 'subscription($id: ID) { downloadChanged(id: $id) { progress } }';
  socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query, variables: { id: jobId } } }));
  socket.ping();
  await once(socket, 'pong');
  return { close: () => socket.terminate() };
}
