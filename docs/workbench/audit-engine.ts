// The audit, loaded apart: what the page uses of it and nothing else.

import { audit, complianceMatrix, diagnose, toMarkdown } from 'jwtight/audit';

export const engine = { audit, complianceMatrix, diagnose, toMarkdown };
