import { describeKills } from './describeKills';
import { describeTwoWindows } from './describeTwoWindows';
import { printDurability } from './figures';

describe('durability', () => {
  describeKills();
  describeTwoWindows();

  after(printDurability);
});
