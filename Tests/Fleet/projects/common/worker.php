<?php
// A queue worker: puts a job in Redis, takes it out again, does a little arithmetic, says so now and then.

declare(strict_types=1);

for ($job = 1; ; $job++) {
    try {
        $redis = new Redis();
        $redis->connect('redis', 6379, 2.0);
        while (true) {
            $redis->lPush('jobs', (string) $job);
            $redis->brPop(['jobs'], 2);
            hash('sha256', str_repeat('newsletter', 20000));
            if ($job % 30 === 0) {
                fwrite(STDERR, "worker: $job newsletters prepared\n");
            }
            $job++;
            sleep(1);
        }
    } catch (RedisException $error) {
        fwrite(STDERR, "worker: {$error->getMessage()}, trying again\n");
        sleep(3);
    }
}
