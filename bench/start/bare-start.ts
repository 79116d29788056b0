// What a start costs at the least: Node, PostgreSQL's own initdb and start, and a server that says one word.
import { createServer } from 'node:http';
import { joinCluster } from '../../src/platform/database/cluster.ts';

const [data = '', port = ''] = process.argv.slice(2);
const cluster = await joinCluster(data);
const server = createServer((_request, response) => response.end('here')).listen(Number(port), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
  void cluster.leave();
});
