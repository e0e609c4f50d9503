CREATE DATABASE IF NOT EXISTS site;
CREATE USER IF NOT EXISTS 'site'@'%' IDENTIFIED BY 'only-on-the-test-fleet';
GRANT ALL ON site.* TO 'site'@'%';
CREATE TABLE IF NOT EXISTS site.item (id INT PRIMARY KEY, title VARCHAR(80) NOT NULL, views INT NOT NULL DEFAULT 0);
INSERT IGNORE INTO site.item (id, title) SELECT seq, CONCAT('Item number ', seq) FROM site.seq_1_to_2000;
