import { RecordingGateway, sendJson, streamAnswer } from '../support/recordingGateway';

/** A gateway whose answers bring a picture, which refuses what says `/tests`, and which streams for ever what says `on and on`. */
export async function startGateway(): Promise<RecordingGateway> {
  const picture = Buffer.from('iVBORw0KGgo=', 'base64');
  const gateway = await RecordingGateway.start(({ path, prompt }, response) => {
    if (path === '/v1/models') {
      sendJson(response, 200, { data: [{ id: 'good' }, { id: 'better' }] });
    } else if (path.startsWith('/media')) {
      response.writeHead(200, { 'content-type': 'image/png' });
      response.end(picture);
    } else if (prompt.includes('/tests')) {
      sendJson(response, 400, { error: { message: 'No.' } });
    } else {
      const url = `${gateway.origin}/media/a.png`;
      streamAnswer(response, [{ content: 'Yes.' }, { images: [{ type: 'image_url', image_url: { url } }] }]);
    }
  });
  return gateway;
}
