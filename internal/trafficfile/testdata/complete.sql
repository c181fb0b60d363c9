/*M!999999\- enable the sandbox mode */ 
-- MariaDB dump 10.19  Distrib 10.11.19-MariaDB, for debian-linux-gnu (x86_64)
--
-- Host: localhost    Database: psa
-- ------------------------------------------------------
-- Server version	10.11.19-MariaDB-0+deb12u1

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_CHARACTER_SET_RESULTS=@@CHARACTER_SET_RESULTS */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!40101 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;

--
-- Dumping data for table `domains`
--

LOCK TABLES `domains` WRITE;
/*!40000 ALTER TABLE `domains` DISABLE KEYS */;
INSERT INTO `domains` (`id`, `cr_date`, `name`, `displayName`, `status`, `real_size`, `htype`) VALUES (1,'2020-01-01','example.com','example.com',0,0,'none');
INSERT INTO `domains` (`id`, `cr_date`, `name`, `displayName`, `status`, `real_size`, `htype`) VALUES (2,NULL,'xn--exmple-cua.net','exämple.net',0,0,'none');
INSERT INTO `domains` (`id`, `cr_date`, `name`, `displayName`, `status`, `real_size`, `htype`) VALUES (3,NULL,'gone.example','gone.example',0,0,'none');
/*!40000 ALTER TABLE `domains` ENABLE KEYS */;
UNLOCK TABLES;
/*!50003 SET @saved_cs_client      = @@character_set_client */ ;
/*!50003 SET @saved_cs_results     = @@character_set_results */ ;
/*!50003 SET @saved_col_connection = @@collation_connection */ ;
/*!50003 SET character_set_client  = utf8mb4 */ ;
/*!50003 SET character_set_results = utf8mb4 */ ;
/*!50003 SET collation_connection  = utf8mb4_general_ci */ ;
/*!50003 SET @saved_sql_mode       = @@sql_mode */ ;
/*!50003 SET sql_mode              = 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION' */ ;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=``*/ /*!50003 TRIGGER tr BEFORE INSERT ON domains FOR EACH ROW BEGIN SET NEW.status = 1; INSERT INTO clients VALUES (9,'x;','y','z'); END 
*/;;
DELIMITER ;
/*!50003 SET sql_mode              = @saved_sql_mode */ ;
/*!50003 SET character_set_client  = @saved_cs_client */ ;
/*!50003 SET character_set_results = @saved_cs_results */ ;
/*!50003 SET collation_connection  = @saved_col_connection */ ;

--
-- Dumping data for table `DomainsTraffic`
--

LOCK TABLES `DomainsTraffic` WRITE;
/*!40000 ALTER TABLE `DomainsTraffic` DISABLE KEYS */;
INSERT INTO `DomainsTraffic` (`dom_id`, `date`, `http_in`, `http_out`, `ftp_in`, `ftp_out`, `smtp_in`, `smtp_out`, `pop3_imap_in`, `pop3_imap_out`) VALUES (1,'2026-02-01',1,2,3,4,5,6,7,8);
INSERT INTO `DomainsTraffic` (`dom_id`, `date`, `http_in`, `http_out`, `ftp_in`, `ftp_out`, `smtp_in`, `smtp_out`, `pop3_imap_in`, `pop3_imap_out`) VALUES (2,'2026-02-01',10,20,30,40,50,60,70,80);
INSERT INTO `DomainsTraffic` (`dom_id`, `date`, `http_in`, `http_out`, `ftp_in`, `ftp_out`, `smtp_in`, `smtp_out`, `pop3_imap_in`, `pop3_imap_out`) VALUES (3,'2026-02-01',1,1,1,1,1,1,1,1);
/*!40000 ALTER TABLE `DomainsTraffic` ENABLE KEYS */;
UNLOCK TABLES;
/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;

/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET CHARACTER_SET_RESULTS=@OLD_CHARACTER_SET_RESULTS */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;

-- Dump completed on 2026-11-22 14:05:36
