import { Button } from '../govuk/index.ts';
import type { Route } from '../platform/http/route.ts';
import type { Row } from './decision.store.ts';
import { decide } from './decision.ts';
export const page = (row: Row, route: Route) => [Button, row, route, decide];
