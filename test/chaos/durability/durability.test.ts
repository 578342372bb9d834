import { describeDamage } from './describeDamage';
import { describeFailingDisk } from './describeFailingDisk';
import { describeKills } from './describeKills';
import { describeNewerVersion } from './describeNewerVersion';
import { describeTwoWindows } from './describeTwoWindows';
import { printDurability } from './figures';

describe('durability', () => {
  describeDamage();
  describeNewerVersion();
  describeFailingDisk();
  describeTwoWindows();
  describeKills();

  after(printDurability);
});
