-- What whole.sql, complete.sql and query.tsv were made of, by MariaDB 10.11:
--   mariadb-dump --databases psa --routines
--   mariadb-dump --complete-insert --no-create-info --skip-extended-insert psa domains DomainsTraffic
--   mariadb -B psa -e 'SELECT d.name, t.* FROM DomainsTraffic t JOIN domains d ON d.id = t.dom_id'
CREATE DATABASE psa CHARACTER SET utf8mb3; USE psa;
CREATE TABLE clients (id int unsigned primary key, cname varchar(255), pname varchar(255), notes blob);
INSERT INTO clients VALUES (1,'O''Reilly; (x) "q" \\','-- no /* comment',x'00ff273b0a');
CREATE TABLE domains (id int unsigned NOT NULL auto_increment, cr_date date, name varchar(255) character set ascii NOT NULL, displayName varchar(255) NOT NULL, status bigint unsigned NOT NULL default 0, real_size bigint unsigned default 0, htype enum('none','vrt_hst') default 'none', PRIMARY KEY (id), UNIQUE KEY name (name)) ENGINE=InnoDB;
INSERT INTO domains (id,cr_date,name,displayName) VALUES (1,'2020-01-01','example.com','example.com'),(2,NULL,'xn--exmple-cua.net','exämple.net'),(3,NULL,'gone.example','gone.example');
CREATE TABLE DomainsTraffic (dom_id int unsigned NOT NULL default 0, date date NOT NULL default '0000-00-00', http_in bigint unsigned NOT NULL default 0, http_out bigint unsigned NOT NULL default 0, ftp_in bigint unsigned NOT NULL default 0, ftp_out bigint unsigned NOT NULL default 0, smtp_in bigint unsigned NOT NULL default 0, smtp_out bigint unsigned NOT NULL default 0, pop3_imap_in bigint unsigned NOT NULL default 0, pop3_imap_out bigint unsigned NOT NULL default 0, PRIMARY KEY (dom_id,date), KEY date (date)) ENGINE=InnoDB;
INSERT INTO DomainsTraffic VALUES (1,'2026-02-01',1,2,3,4,5,6,7,8),(2,'2026-02-01',10,20,30,40,50,60,70,80),(3,'2026-02-01',1,1,1,1,1,1,1,1);
CREATE TABLE ClientsTraffic (cl_id int, date date, http_in bigint);
DELIMITER ;;
CREATE TRIGGER tr BEFORE INSERT ON domains FOR EACH ROW BEGIN SET NEW.status = 1; INSERT INTO clients VALUES (9,'x;','y','z'); END;;
CREATE PROCEDURE pr() BEGIN INSERT INTO DomainsTraffic (dom_id,date) VALUES (1,'2026-01-01'); SELECT 1; END;;
CREATE VIEW v AS SELECT id, name FROM domains;;
DELIMITER ;
