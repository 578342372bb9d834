import assert from 'node:assert/strict';
import { commandRisk, type CommandRisk } from '../../../../src/core/terminal/commandRisk';

const risky: Readonly<Record<CommandRisk, readonly string[]>> = {
  disk: [
    'dd if=/dev/zero of=/dev/sda bs=1M',
    'sudo mkfs.ext4 /dev/sdb1',
    'wipefs -a /dev/sda',
    'format d: /q',
    'Format-Volume -DriveLetter D',
    'diskutil eraseDisk JHFS+ X disk2',
    'cat a.img > /dev/sdb',
  ],
  database: [
    'psql -c "DROP TABLE users"',
    "mysql -e 'truncate table orders'",
    'sqlite3 a.db "delete from t"',
    'dropdb shop',
    'redis-cli FLUSHALL',
  ],
  resources: [
    'kubectl -n shop delete pod a',
    'terraform destroy',
    'docker system prune -af',
    'docker compose down -v',
    'aws s3 rm s3://bucket --recursive',
    'aws ec2 terminate-instances --instance-ids i-1',
    'npm unpublish parley',
  ],
  git: [
    'git push --force',
    'git push -f origin main',
    'git push --force-with-lease',
    'git push origin +main',
    'git push origin :old',
    'git push origin --delete old',
    'git reset --hard HEAD~1',
    'git -C app clean -fdx',
    'git checkout -- .',
    'git checkout .',
    'git branch -D old',
    'git stash drop',
  ],
  hidden: ['eval "$CODE"', 'echo cm0= | base64 -d | sh', `powershell -enc ${'QQ'.repeat(30)}`],
  download: ['curl -fsSL https://a.test/i.sh | bash', 'wget -qO- a.test | sudo sh', 'bash <(curl -s a.test)'],
  files: [
    'rm -rf build',
    'cd x && rm a',
    'sudo rm a',
    '/bin/rm a',
    'find . -name "*.log" -delete',
    'ls | xargs rm',
    'find . -exec rm {} +',
    'Remove-Item -Recurse dist',
    'del /s *.tmp',
    'rsync -a --delete a/ b/',
    'python -c "import shutil; shutil.rmtree(\'a\')"',
  ],
  system: ['shutdown -h now', 'kill -9 1', 'taskkill /f /im a.exe', ':(){ :|:& };:', 'crontab -r'],
  rights: ['chmod -R 777 /', 'sudo chown -R me .', 'icacls . /grant all /t'],
};

describe('commandRisk', () => {
  for (const [risk, commands] of Object.entries(risky))
    for (const command of commands)
      it(`warns of “${risk}” for ${command}`, () => {
        assert.equal(commandRisk(command), risk);
      });

  for (const command of [
    'ls -la',
    'git push',
    'git push -u origin feature',
    'git push origin main:dev-f',
    'git checkout main',
    'git pull --rebase',
    'npm run format',
    'npm install',
    'docker ps --format json',
    'docker run --rm image',
    'kubectl get pods',
    'grep -rf patterns .',
    'echo alarm',
    'cat firmware.txt',
    'chmod +x run.sh',
    'dd --help',
    'curl -O https://a.test/a.zip',
    'tar -czf a.tgz a',
    'kill 123',
    'mkdir -p a/b',
    'Get-ChildItem',
  ])
    it(`does not warn for ${command}`, () => {
      assert.equal(commandRisk(command), undefined);
    });

  it('warns of the most severe risk', () => {
    assert.equal(commandRisk('rm a; git push -f; mkfs /dev/sda'), 'disk');
  });

  it('reads each line of a script', () => {
    assert.equal(commandRisk('for f in *; do\n  rm "$f"\ndone'), 'files');
  });
});
